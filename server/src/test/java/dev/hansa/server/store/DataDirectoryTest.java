package dev.hansa.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hansa.core.FederationException;
import dev.hansa.wire.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void aSecondCoordinatorIsToldWhoHasTheDirectory() {
        try (DataDirectory first = DataDirectory.open(folder.resolve("data"))) {
            assertThatThrownBy(() -> DataDirectory.open(folder.resolve("data"))).isInstanceOf(FederationException.class)
                    .hasMessageContaining("another coordinator runs on the data directory " + folder.resolve("data")
                            + " (process " + ProcessHandle.current().pid() + ")");
        }
        DataDirectory.open(folder.resolve("data")).close();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data"))).isInstanceOf(FederationException.class)
                .hasMessageContaining(file.resolve("data") + " cannot be written");
    }

    @Test
    void aDirectoryThatIsThereButTakesNoFilesIsNamed() {
        Path system = Path.of("/proc"); // where not even root makes files
        assumeTrue(Files.isDirectory(system), "this machine has no /proc");
        assertThatThrownBy(() -> DataDirectory.open(system)).isInstanceOf(FederationException.class)
                .hasMessageContaining("/proc cannot be written");
    }

    @Test
    void aDirectoryWithoutTheRightToWriteIsNamed() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        assumeFalse(Files.isWritable(closed), "root may write everywhere");
        assertThatThrownBy(() -> DataDirectory.open(closed)).isInstanceOf(FederationException.class)
                .hasMessageContaining(closed + " cannot be written");
    }

    @Test
    void onlyTheOwnerMayLookIntoIt() throws IOException {
        try (DataDirectory directory = DataDirectory.open(folder.resolve("data"))) {
            PrivateFiles.replace(directory.file("secret"), new byte[]{1});
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.file("secret"))))
                    .isEqualTo("rw-------");
        }
    }
}
