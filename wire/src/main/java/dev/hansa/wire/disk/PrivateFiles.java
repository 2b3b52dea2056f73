package dev.hansa.wire.disk;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Files and folders that only their owner may read, where the file system knows owners, and that are on the disk when a
 * call returns, unless it tells what else that takes. An interrupt disturbs none of the calls, and is still there after it.
 */
public final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    /** Makes the folder and those above it, unless it exists. */
    public static Path createDirectories(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path above = folder.toAbsolutePath(); above != null && Files.notExists(above); above = above.getParent()) {
            missing.push(above);
        }
        Files.createDirectories(folder, mode("rwx------"));
        for (Path made : missing) {
            syncName(made);
        }
        return folder;
    }

    /** Makes an empty file, unless it exists; its name is on the disk after {@link #syncName} or {@link #move}. */
    public static Path create(Path file) throws IOException {
        try {
            return Files.createFile(file, mode("rw-------"));
        } catch (FileAlreadyExistsException e) {
            return file;
        }
    }

    /** Gives the file this content: after a crash it has the old or the new, whole. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        create(temporary);
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
            out.write(content);
            out.getFD().sync();
        }
        move(temporary, file);
    }

    /** Brings the content of the file to the disk. */
    public static void sync(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.getFD().sync();
        }
    }

    /** Gives a file, whose content is on the disk already, its last name, durably. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncName(to);
    }

    /** Brings the file's name, which is its folder's content, to the disk. */
    public static void syncName(Path file) throws IOException {
        if (POSIX) { // elsewhere a folder cannot be opened, and its entries are durable by themselves
            syncFolder(file.toAbsolutePath().resolveSibling(""));
        }
    }

    /** Only a channel can sync a folder, and an interrupt closes a channel: then once more. */
    private static void syncFolder(Path folder) throws IOException {
        boolean interrupted = false;
        try {
            for (boolean synced = false; !synced;) {
                interrupted |= Thread.interrupted();
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                    synced = true;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FileAttribute<?>[] mode(String mode) {
        return POSIX
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
