package dev.hansa.wire.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsMadeIsForItsOwnerAlone() throws IOException {
        assumeThat(Files.getFileStore(folder).supportsFileAttributeView("posix")).isTrue();
        Path made = PrivateFiles.createDirectories(folder.resolve("a/b"));
        PrivateFiles.replace(made.resolve("replaced"), new byte[]{1});

        assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(made)).isEqualTo("rwx------");
        assertThat(mode(PrivateFiles.create(made.resolve("created")))).isEqualTo("rw-------");
        assertThat(mode(made.resolve("replaced"))).isEqualTo("rw-------");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void theFoldersThatGetANewFolderAreSynced() throws IOException {
        assumeThat(Files.getFileStore(folder).supportsFileAttributeView("posix")).isTrue();
        Path events = folder.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            PrivateFiles.createDirectories(folder.resolve("a/b"));
            PrivateFiles.createDirectories(folder.resolve("a/b"));
            recording.stop();
            recording.dump(events);
        }
        assertThat(RecordingFile.readAllEvents(events)).extracting(event -> Path.of(event.getString("path")))
                .containsExactly(folder, folder.resolve("a"));
    }

    @Test
    void aFileIsReplacedEvenBesideTheRestOfACrash() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[]{1, 2, 3});
        Files.write(folder.resolve("file.new"), new byte[]{4, 5, 6, 7});

        PrivateFiles.replace(file, new byte[]{8});

        assertThat(file).hasBinaryContent(new byte[]{8});
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void anInterruptDisturbsNothingAndIsNotForgotten() throws IOException {
        Path file = folder.resolve("file");

        Thread.currentThread().interrupt();
        PrivateFiles.replace(file, new byte[]{1});
        PrivateFiles.sync(file);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasBinaryContent(new byte[]{1});
    }
}
