package dev.hansa.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void theDigestIsThatOfTheStandard() {
        Sha256 digest = Sha256.of("abc".getBytes(StandardCharsets.UTF_8));

        assertThat(digest).hasToString(ABC).isEqualTo(Sha256.parse(ABC)).isEqualTo(Sha256.fromBytes(digest.toBytes()))
                .hasSameHashCodeAs(Sha256.parse(ABC)).isNotEqualTo(Sha256.of(new byte[0]));
    }

    @Test
    void aFileOfManyChunksHasTheDigestOfItsBytes(@TempDir Path folder) throws IOException {
        byte[] content = new byte[3 * Limits.CHUNK_BYTES + 7];
        content[Limits.CHUNK_BYTES] = 1;

        assertThat(Sha256.of(Files.write(folder.resolve("file"), content))).isEqualTo(Sha256.of(content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ba78", ABC + "00",
            "BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "../816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"})
    void onlyLowerCaseHexOfTheRightLengthIsADigest(String text) {
        assertThatThrownBy(() -> Sha256.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no SHA-256, expected 64 digits");
    }
}
