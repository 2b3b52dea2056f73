package dev.hansa.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hansa.core.FederationException;
import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void remembersKeyAndMembership() {
        Path path = parent.resolve("a/b");
        Membership membership = new Membership("älice", URI.create("https://c:1"), Sha256.of(new byte[]{1}));
        byte[] key;
        try (NodeDirectory directory = NodeDirectory.open(path)) {
            assertThat(directory.membership()).isEmpty();
            key = directory.key().publicKey().toDer();
            directory.belongTo(membership);
        }
        try (NodeDirectory directory = NodeDirectory.open(path)) {
            assertThat(directory.membership()).contains(membership);
            assertThat(directory.key().publicKey().toDer()).isEqualTo(key);
        }
    }

    @Test
    void whatOlderVersionsHeldBackIsRemoved() throws IOException {
        Path old = Files.createDirectories(parent.resolve("residuals"));
        Files.write(old.resolve("00-1-00"), new byte[3]);
        NodeDirectory.open(parent).close();
        assertThat(old).doesNotExist();
    }

    @Test
    void allOfItIsReadableByItsOwnerAlone() throws IOException {
        assumeThat(Files.getFileStore(parent).supportsFileAttributeView("posix")).isTrue();
        Path home = parent.resolve("home");
        try (NodeDirectory directory = NodeDirectory.open(home)) {
            directory.key();
            directory.belongTo(new Membership("alice", URI.create("https://c:1"), Sha256.of(new byte[]{1})));
        }
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.collect(Collectors.toList())) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void servesOneNodeAtATime() {
        try (NodeDirectory directory = NodeDirectory.open(parent)) {
            assertThat(directory.models()).isDirectory();
            assertThatThrownBy(() -> NodeDirectory.open(parent)).isInstanceOf(FederationException.class)
                    .hasMessage("another node is running in " + parent
                            + "; stop it, or give this one a directory of its own");
        }
        NodeDirectory.open(parent).close();
    }

    @Test
    void aPlaceThatCannotBeWrittenToIsNamed() throws IOException {
        Path file = Files.write(parent.resolve("file"), new byte[0]);
        assertThatThrownBy(() -> NodeDirectory.open(file)).isInstanceOf(FederationException.class)
                .hasMessageContainingAll("cannot use " + file, "name a directory that you may write to");
    }

    @Test
    void aPlaceThatCouldNotBeUsedCanBeOnceItIsMended() throws IOException {
        Path file = Files.write(parent.resolve("updates"), new byte[0]);
        assertThatThrownBy(() -> NodeDirectory.open(parent)).isInstanceOf(FederationException.class)
                .hasMessageContaining("cannot use " + parent);
        Files.delete(file);
        NodeDirectory.open(parent).close();
    }

    @Test
    void aDamagedKeyIsToldAndNotReplaced() throws IOException {
        Path file = Files.write(parent.resolve("node-key.pem"), new byte[]{1, 2, 3});
        try (NodeDirectory directory = NodeDirectory.open(parent)) {
            assertThatThrownBy(directory::key).isInstanceOf(FederationException.class)
                    .hasMessageContainingAll("cannot use " + file, "join with a new token and a new directory");
        }
        assertThat(file).hasBinaryContent(new byte[]{1, 2, 3});
    }

    @Test
    void aDamagedMembershipIsTold() throws IOException {
        Files.write(parent.resolve("coordinator.properties"), "node=alice\n".getBytes(StandardCharsets.UTF_8));
        try (NodeDirectory directory = NodeDirectory.open(parent)) {
            assertThatThrownBy(directory::membership).isInstanceOf(FederationException.class)
                    .hasMessageContaining("it names no address");
        }
    }

    @Test
    void updatesOfAnEarlierProcessAreStillThere() throws IOException {
        Files.createDirectories(parent.resolve("updates"));
        Files.write(parent.resolve("updates/old.answer"), new byte[]{1});
        try (NodeDirectory directory = NodeDirectory.open(parent)) {
            assertThat(directory.updates().resolve("old.answer")).exists();
        }
    }
}
