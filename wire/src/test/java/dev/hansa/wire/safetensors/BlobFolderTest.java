package dev.hansa.wire.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobFolderTest {
    private static final Parameters PARAMETERS = Parameters.of(Layout.of(TensorShape.of("w", 3)), 1, 2, 3);

    @TempDir
    private Path folder;

    @Test
    void aBlobIsNamedByItsContent() throws IOException {
        BlobFolder blobs = new BlobFolder(folder);

        BlobRef blob = blobs.write(PARAMETERS);

        assertThat(folder).isDirectoryContaining(file -> file.equals(blobs.path(blob.sha256())));
        assertThat(Sha256.of(blobs.path(blob.sha256()))).isEqualTo(blob.sha256());
        assertThat(blobs.path(blob.sha256())).hasSize(blob.sizeBytes());
        assertThat(Parameters.load(SafetensorsFile.open(blobs.path(blob.sha256())))).isEqualTo(PARAMETERS);
    }

    @Test
    void theSameValuesWrittenTwiceAreOneBlob() throws IOException {
        BlobFolder blobs = new BlobFolder(folder);

        assertThat(blobs.write(PARAMETERS)).isEqualTo(blobs.write(PARAMETERS));

        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void onlyTheRightContentIsTakenIn() throws IOException {
        BlobFolder blobs = new BlobFolder(Files.createDirectory(folder.resolve("blobs")));
        Path arrived = folder.resolve("arrived");
        Files.write(arrived, new byte[]{1, 2, 3});
        BlobRef right = new BlobRef(Sha256.of(new byte[]{1, 2, 3}), 3);

        assertThat(blobs.adopt(arrived, new BlobRef(right.sha256(), 4))).isFalse();
        assertThat(blobs.adopt(arrived, new BlobRef(Sha256.of(new byte[]{1, 2, 4}), 3))).isFalse();
        assertThat(arrived).exists();
        assertThat(blobs.adopt(arrived, right)).isTrue();

        assertThat(arrived).doesNotExist();
        assertThat(blobs.path(right.sha256())).hasBinaryContent(new byte[]{1, 2, 3});
    }

    @Test
    void metadataAreKeptAndPartOfTheName() {
        BlobFolder blobs = new BlobFolder(folder);

        BlobRef blob = blobs.write(PARAMETERS, new TreeMap<>(Map.of("slot0", "velocity")));

        assertThat(SafetensorsFile.open(blobs.path(blob.sha256())).metadata()).containsEntry("slot0", "velocity");
        assertThat(blobs.write(PARAMETERS)).isNotEqualTo(blob);
    }

    @Test
    void aBlobIsForItsOwnerAlone() throws IOException {
        assumeThat(Files.getFileStore(folder).supportsFileAttributeView("posix")).isTrue();
        BlobFolder blobs = new BlobFolder(folder);

        Path file = blobs.path(blobs.write(PARAMETERS).sha256());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void anInterruptDoesNotDisturbTheWriting() {
        BlobFolder blobs = new BlobFolder(folder);

        Thread.currentThread().interrupt();
        BlobRef blob = blobs.write(PARAMETERS);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(blobs.path(blob.sha256())).hasSize(blob.sizeBytes());
    }

    @Test
    void allButSomeAndWhatWasLeftHalfWrittenCanBeDeleted() throws IOException {
        BlobFolder blobs = new BlobFolder(folder);
        Sha256 kept = blobs.write(PARAMETERS).sha256();
        blobs.write(PARAMETERS.times(2));
        Files.write(folder.resolve("writing-1.tmp"), new byte[]{1});

        blobs.keepOnly(Set.of(kept));
        assertThat(folder).isDirectoryContaining(file -> file.equals(blobs.path(kept)));
        assertThat(folder.toFile().list()).hasSize(1);

        blobs.delete(kept);
        blobs.delete(kept);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        BlobFolder blobs = new BlobFolder(folder.resolve("missing"));

        assertThatThrownBy(() -> blobs.write(PARAMETERS)).isInstanceOf(FederationException.class)
                .hasMessageContaining("cannot write a blob to " + folder.resolve("missing"));
    }
}
