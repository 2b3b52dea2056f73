package dev.hansa.server.store;

import dev.hansa.core.FederationException;
import dev.hansa.wire.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one coordinator, locked for it until it is closed.
 *
 * <p>The operating system lets go of the lock when the process ends, however it ends. Only the owner of the process may
 * look into the folder.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "coordinator.lock";

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the folder if need be, and locks it.
     *
     * @throws FederationException if it cannot be written, or if another coordinator runs on it
     */
    public static DataDirectory open(Path path) {
        FileChannel channel;
        try {
            PrivateFiles.createDirectories(path);
            channel = FileChannel.open(PrivateFiles.create(path.resolve(LOCK)), StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new FederationException("the data directory " + path + " cannot be written (" + reason(e)
                    + "); give the coordinator a folder that it may write", false, e);
        }
        try {
            if (tryLock(channel) == null) {
                String holder = Files.readString(path.resolve(LOCK)).strip();
                channel.close();
                throw new FederationException("another coordinator runs on the data directory " + path
                        + (holder.isEmpty() ? "" : " (process " + holder + ")")
                        + "; stop it, or give this one a folder of its own", false);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(
                    Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataDirectory(path, channel);
        } catch (IOException e) {
            throw new FederationException("the data directory " + path + " cannot be locked (" + reason(e)
                    + "); is there room on its disk, and can that lock files?", false, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Far behind the text, so that where locks are mandatory another process can still read whose lock it is. */
    private static final long LOCKED_BYTE = 1 << 20;

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    /** Tells whether its disk is full. */
    public DiskFull diskFull() {
        return DiskFull.of(path);
    }

    /** A file in the folder; it need not exist. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** A folder in the folder, made if need be. */
    public Path folder(String name) {
        try {
            return PrivateFiles.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new FederationException(
                    "the folder " + path.resolve(name) + " cannot be made (" + reason(e) + ")", true, e);
        }
    }

    /** The files of a run. */
    public RunFolder run(String id) {
        return new RunFolder(folder("runs").resolve(id));
    }

    /** Lets another coordinator have it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new FederationException("the lock on " + path + " cannot be given back (" + reason(e) + ")", false,
                    e);
        }
    }
}
