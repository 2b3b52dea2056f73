package dev.hansa.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.FederationException;
import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
    private static final byte[] CONTENT = {1, 2, 3, 4};

    @TempDir
    Path folder;

    @Test
    void whatTheDiskDidNotKeepIsTakenAgain() throws IOException {
        Upload upload = new Upload(folder.resolve("upload"), Sha256.of(CONTENT), CONTENT.length);
        upload.append(0, CONTENT, CONTENT.length);
        Thread.currentThread().interrupt(); // which closes the file at the next step: to the caller, a broken disk
        assertThatThrownBy(upload::finishIfWhole).isInstanceOfSatisfying(FederationException.class,
                broken -> assertThat(broken.retrySafe()).isTrue());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(upload.have()).isZero();
        assertThat(folder.resolve("upload")).as("what may have been acknowledged before").hasBinaryContent(CONTENT);
        upload.append(0, CONTENT, CONTENT.length);
        upload.finishIfWhole();
        assertThat(upload.whole()).isTrue();
        assertThat(Files.readAllBytes(folder.resolve("upload"))).isEqualTo(CONTENT);
    }

    @Test
    void wrongBytesAreGoneAlsoForTheNextProcess() {
        Path file = folder.resolve("upload");
        Upload upload = new Upload(file, Sha256.of(CONTENT), CONTENT.length);
        upload.append(0, new byte[CONTENT.length], CONTENT.length);
        assertThatThrownBy(upload::finishIfWhole).isInstanceOf(RejectedException.class);
        assertThat(new Upload(file, Sha256.of(CONTENT), CONTENT.length).have()).isZero();
    }

    @Test
    void whatWasReplacedDoesNotTouchTheFileOfTheNext() throws IOException {
        Path file = folder.resolve("upload");
        Upload replaced = new Upload(file, Sha256.of(new byte[9]), 9);
        replaced.discard();
        Files.write(file, CONTENT);
        assertThatThrownBy(() -> replaced.append(0, new byte[9], 9)).isInstanceOf(RejectedException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
    }

    @Test
    void whoStillSendsWhenTheRoundIsOverIsToldSo() {
        Upload late = new Upload(folder.resolve("upload"), Sha256.of(CONTENT), CONTENT.length);
        late.append(0, CONTENT, 2);
        late.end();
        assertThatThrownBy(() -> late.append(2, new byte[]{3, 4}, 2)).isInstanceOfSatisfying(RejectedException.class,
                over -> assertThat(over.code()).isEqualTo(ErrorCode.CLOSED));
        Upload whole = new Upload(folder.resolve("other"), Sha256.of(CONTENT), CONTENT.length);
        whole.append(0, CONTENT, CONTENT.length);
        whole.end();
        assertThatThrownBy(whole::finishIfWhole).isInstanceOfSatisfying(RejectedException.class,
                over -> assertThat(over.code()).isEqualTo(ErrorCode.CLOSED));
    }

    @Test
    void aPieceThatTheDiskDidNotTakeIsTakenAgain() {
        Upload upload = new Upload(folder.resolve("missing").resolve("upload"), Sha256.of(CONTENT), CONTENT.length);
        assertThatThrownBy(() -> upload.append(0, CONTENT, 2)).isInstanceOf(FederationException.class);
        assertThat(folder.resolve("missing").toFile().mkdir()).isTrue();
        upload.append(0, CONTENT, CONTENT.length);
        upload.finishIfWhole();
        assertThat(upload.whole()).isTrue();
    }
}
