package dev.hansa.server.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does to the real files what is asked for, or what a {@link Disk} makes of it. What asks whether a file is there does so
 * without an exception, for there are thousands of worlds.
 */
final class FaultyProvider extends FileSystemProvider {
    private final Disk disk;

    FaultyProvider(Disk disk) {
        this.disk = disk;
    }

    private static FileSystemProvider real(Path path) {
        return FaultyPath.real(path).getFileSystem().provider();
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path file = FaultyPath.real(path);
        boolean makes = options.contains(StandardOpenOption.CREATE_NEW)
                || options.contains(StandardOpenOption.CREATE) && !Files.exists(file);
        if (makes) {
            disk.changing(file);
        } else {
            disk.touching();
        }
        FileChannel channel = new FaultyChannel(disk, file, FileChannel.open(file, options, attributes));
        if (makes) {
            disk.created(file);
        }
        return channel;
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
            FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        disk.touching();
        String[] names = FaultyPath.real(folder).toFile().list(); // quicker than a stream of paths
        if (names == null) {
            throw new NoSuchFileException(folder.toString());
        }
        Arrays.sort(names); // not as the file system has them, or a seed would not tell the same story each time
        List<Path> all = new ArrayList<>();
        for (String name : names) {
            Path found = folder.resolve(name);
            if (filter.accept(found)) {
                all.add(found);
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return all.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        Files.createDirectory(FaultyPath.real(folder), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.touching();
        disk.deleting(FaultyPath.real(path));
    }

    @Override
    public boolean deleteIfExists(Path path) throws IOException {
        disk.touching();
        Path file = FaultyPath.real(path);
        boolean exists = Files.exists(file);
        if (exists) {
            disk.deleting(file);
        }
        return exists;
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        disk.changing(FaultyPath.real(target));
        disk.moving(FaultyPath.real(source), FaultyPath.real(target));
        Files.move(FaultyPath.real(source), FaultyPath.real(target), options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return path.equals(other);
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return Files.getFileStore(FaultyPath.real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        real(path).checkAccess(FaultyPath.real(path), modes);
    }

    @Override
    public boolean exists(Path path, LinkOption... options) {
        return Files.exists(FaultyPath.real(path), options);
    }

    @Override
    public <A extends BasicFileAttributes> @Nullable A readAttributesIfExists(Path path, Class<A> type,
            LinkOption... options) throws IOException {
        return real(path).readAttributesIfExists(FaultyPath.real(path), type, options);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(Path path, Class<V> type,
            LinkOption... options) {
        return Files.getFileAttributeView(FaultyPath.real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return Files.readAttributes(FaultyPath.real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) throws IOException {
        return Files.readAttributes(FaultyPath.real(path), names, options);
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options) throws IOException {
        Files.setAttribute(FaultyPath.real(path), name, value, options);
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }
}
