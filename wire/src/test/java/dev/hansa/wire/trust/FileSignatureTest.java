package dev.hansa.wire.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.wire.Limits;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.FileSignature.Kind;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class FileSignatureTest {
    private static final NodeKey KEY = NodeKey.generate();
    private static final String FILE = "hansa: 1\nname: größe\n";

    @Test
    void itHoldsForTheBytesThatWereSignedAsThatKindAndForNothingElse() {
        FileSignature signature = FileSignature.of(Kind.RUN, FILE, KEY);
        assertThat(signature.holdsFor(Kind.RUN, FILE)).isTrue();
        assertThat(signature.holdsFor(Kind.STATISTICS, FILE)).isFalse();
        assertThat(signature.holdsFor(Kind.RUN, FILE + "\n")).isFalse();
        assertThat(signature.holdsFor(Kind.RUN, FILE.replace("\n", "\r\n"))).isFalse();
        FileSignature claimed =
                new FileSignature(new Author(NodeKey.generate().publicKey()), signature.signature());
        assertThat(claimed.holdsFor(Kind.RUN, FILE)).isFalse();
    }

    @Test
    void othersVerifyWhatTheProtocolSaysIsSigned() throws Exception {
        FileSignature signature = FileSignature.of(Kind.RUN, FILE, KEY);
        Signature jdk = Signature.getInstance("Ed25519");
        jdk.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(signature.author().key().toDer())));
        String digest = Sha256.of(FILE.getBytes(StandardCharsets.UTF_8)).hex();
        jdk.update(("hansa-file-v1\nrun\n" + digest).getBytes(StandardCharsets.US_ASCII));
        assertThat(jdk.verify(Base64.getUrlDecoder().decode(signature.signature()))).isTrue();
    }

    @Test
    void itIsTheSameAfterItsWayAsText() {
        FileSignature signature = FileSignature.of(Kind.STATISTICS, FILE, KEY);
        assertThat(FileSignature.parse(signature.text())).isEqualTo(signature);
        assertThat(Author.parse(signature.author().text())).isEqualTo(signature.author());
        assertThat(signature.author().text()).startsWith("ed25519:").hasSize(51);
    }

    @Test
    void otherTextsAreNoSignaturesAndNoAuthors() {
        String text = FileSignature.of(Kind.RUN, FILE, KEY).text();
        for (String wrong : new String[]{"", ":", text + "A", text.substring(1), text.replace("ed25519:", "rsa:"),
                "ed25519:" + "!".repeat(43) + ":" + "A".repeat(86)}) {
            assertThatThrownBy(() -> FileSignature.parse(wrong)).as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(FileSignature.parse(text.substring(0, text.length() - 86) + "!".repeat(86)).holdsFor(Kind.RUN, FILE))
                .isFalse();
        assertThatThrownBy(() -> Author.parse("alice")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hansa key show");
    }

    @Test
    void aFileThatIsTooLargeForEachTaskIsNotSigned() {
        String large = "x".repeat(Limits.SIGNED_FILE_BYTES);
        assertThat(new SignedFile(large, FileSignature.of(Kind.RUN, large, KEY)).holds(Kind.RUN)).isTrue();
        FileSignature larger = FileSignature.of(Kind.RUN, large + "x", KEY);
        assertThatThrownBy(() -> new SignedFile(large + "x", larger)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65537");
    }
}
