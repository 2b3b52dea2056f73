package dev.hansa.client;

import dev.hansa.core.FederationException;
import dev.hansa.wire.disk.PrivateFiles;
import dev.hansa.wire.trust.NodeKey;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a node keeps what it must not forget: its key, to whom it belongs, models and updates under way.
 *
 * <p>Held by one process at a time, until {@link #close}. Readable by its owner alone, where the file system knows owners.
 * Who loses the directory joins again, with a new token. For one thread at a time.
 */
public final class NodeDirectory implements Closeable {
    private final Path path;
    private final FileChannel lock;

    private NodeDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the directory if it is not there, and takes hold of it.
     *
     * @throws FederationException if another process holds it, or it cannot be written to
     */
    public static NodeDirectory open(Path path) {
        try {
            PrivateFiles.createDirectories(path);
            NodeDirectory directory = new NodeDirectory(path, locked(path));
            try {
                PrivateFiles.createDirectories(directory.models());
                PrivateFiles.createDirectories(directory.updates());
                PrivateFiles.createDirectories(directory.memory());
                PrivateFiles.createDirectories(directory.told());
                PrivateFiles.createDirectories(directory.personal());
                PrivateFiles.createDirectories(directory.approvals());
                directory.tidy();
                return directory;
            } catch (IOException e) {
                directory.close();
                throw e;
            }
        } catch (IOException e) {
            throw new FederationException("cannot use " + path.toAbsolutePath() + " as the directory of a node: " + e
                    + "; name a directory that you may write to", false, e);
        }
    }

    /** Before there was {@link #memory}, what was held back of updates lay elsewhere; nobody reads it any more. */
    private void tidy() throws IOException {
        Path residuals = path.resolve("residuals");
        if (Files.isDirectory(residuals)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(residuals)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(residuals);
        }
    }

    private static FileChannel locked(Path path) throws IOException {
        FileChannel channel = FileChannel.open(PrivateFiles.create(path.resolve("lock")), StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // this very process holds it
        }
        channel.close();
        throw new FederationException("another node is running in " + path.toAbsolutePath()
                + "; stop it, or give this one a directory of its own", false);
    }

    /** The node's key: the one it has, or a new one from now on. */
    NodeKey key() {
        Path file = keyFile(path);
        try {
            if (Files.exists(file)) {
                return NodeKey.fromPem(new String(Files.readAllBytes(file), StandardCharsets.US_ASCII));
            }
            NodeKey key = NodeKey.generate();
            PrivateFiles.replace(file, key.toPem().getBytes(StandardCharsets.US_ASCII));
            return key;
        } catch (IOException | IllegalArgumentException e) {
            throw broken(file, e);
        }
    }

    /** To whom the node belongs; empty before it has joined. */
    public Optional<Membership> membership() {
        Path file = path.resolve("coordinator.properties");
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
            return Optional.of(Membership.of(properties));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw broken(file, e);
        }
    }

    /** Remembers to whom the node belongs from now on. */
    void belongTo(Membership membership) {
        Path file = path.resolve("coordinator.properties");
        try {
            StringWriter text = new StringWriter();
            membership.properties().store(text, "The coordinator of this node");
            PrivateFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw broken(file, e);
        }
    }

    Path models() {
        return path.resolve("models");
    }

    Path updates() {
        return path.resolve("updates");
    }

    /** What is remembered from round to round. */
    Path memory() {
        return path.resolve("memory");
    }

    /** What was told under noise of the node's own. */
    Path told() {
        return path.resolve("told");
    }

    /** The models that are the node's own. */
    Path personal() {
        return path.resolve("personal");
    }

    /** All that the node has told. */
    Path ledger() {
        return ledger(path);
    }

    /** Questions to the owner, and decisions. */
    Path approvals() {
        return approvals(path);
    }

    /** Where the ledger is in a node's directory; to be read also while another process holds that. */
    public static Path ledger(Path directory) {
        return directory.resolve("ledger.jsonl");
    }

    /** Whether a folder is a node's, as far as it shows: it holds the key, the ledger or the questions of one. */
    public static boolean isOfNode(Path directory) {
        return Files.exists(keyFile(directory)) || Files.exists(ledger(directory))
                || Files.isDirectory(approvals(directory));
    }

    private static Path keyFile(Path directory) {
        return directory.resolve("node-key.pem");
    }

    /** When the coordinator has answered the directory's node last, to within some seconds; empty if that is not known. */
    public static Optional<Instant> heard(Path directory) {
        long time = heardFile(directory).toFile().lastModified();
        return time == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(time));
    }

    private static Path heardFile(Path directory) {
        return directory.resolve("heard");
    }

    /** Whose time is when the coordinator has answered last. */
    Path heard() {
        return heardFile(path);
    }

    /** Where questions to the owner, and decisions, are; to be read and written also while another process holds it. */
    public static Path approvals(Path directory) {
        return directory.resolve("approvals");
    }

    /** Lets another process have it. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw broken(path, e);
        }
    }

    private static FederationException broken(Path file, Exception cause) {
        return new FederationException("cannot use " + file.toAbsolutePath() + ": " + cause.getMessage()
                + "; mend or restore it, or join with a new token and a new directory", false, cause);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
