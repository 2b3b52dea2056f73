package dev.hansa.server.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder that knows which of its files would be there after the power fails.
 *
 * <p>Content is safe once it was forced, a name once its folder was. What is not safe may be there afterwards, cut off, with
 * rubbish at its end, or not at all; a file that was deleted may be back. It sees what goes through a {@link
 * FileChannel} or {@link Files}; of a file that is written by {@code java.io} it takes a new name that is synced as the sign
 * that the content was synced before.
 */
final class Disk {
    private final Path folder;
    private final Machine machine;
    private final Faults faults;
    private final FaultyFileSystem files;
    private final Map<Path, Entry> entries = new LinkedHashMap<>();
    private final Map<Path, byte[]> deleted = new LinkedHashMap<>();
    private final List<FileChannel> open = new ArrayList<>();
    private boolean deletes = true;

    Disk(Path folder, Machine machine, Faults faults) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.machine = machine;
        this.faults = faults;
        this.files = new FaultyFileSystem(this);
    }

    /** The folder, as a process of the machine sees it. */
    Path folder() {
        return files.path(folder);
    }

    /** Whether files that are deleted are gone. */
    void deletes(boolean honestly) {
        deletes = honestly;
    }

    /** As it is; for those who look on from outside. */
    List<String> names(String part) {
        String[] names = folder.resolve(part).toFile().list(); // quicker than a stream of paths
        return names == null ? List.of() : List.of(names);
    }

    /** Something is about to change. */
    void changing(Path file) throws IOException {
        machine.point();
        machine.write(file.getFileName().toString());
        if (!entries.containsKey(file) && Files.isRegularFile(file)) {
            entry(file);
        }
    }

    /** Something is about to be read, deleted or forced, which takes no room. */
    void touching() {
        machine.point();
    }

    void created(Path file) {
        entries.put(file, new Entry());
        machine.point();
    }

    void forced(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            for (Map.Entry<Path, Entry> entry : entries.entrySet()) {
                if (file.equals(entry.getKey().getParent())) {
                    entry.getValue().name(entry.getKey());
                }
            }
            deleted.keySet().removeIf(path -> file.equals(path.getParent()));
        } else {
            entry(file).safe = Files.readAllBytes(file);
        }
        machine.point();
    }

    void deleting(Path file) throws IOException {
        if (!deletes) {
            return;
        }
        Entry entry = entries.remove(file);
        if (entry != null && entry.named && entry.safe != null) {
            deleted.put(file, entry.safe);
        }
        Files.delete(file);
    }

    void moving(Path from, Path to) throws IOException {
        Entry moved = entries.remove(from);
        Entry entry = new Entry();
        entry.safe = moved == null ? null : moved.safe;
        entry.moved = true;
        entry.replaced = Files.isRegularFile(to) ? entry(to).certain() : null;
        entries.put(to, entry);
    }

    /** What was there before the last crash, and is still there, is safe. */
    private Entry entry(Path file) throws IOException {
        Entry known = entries.get(file);
        if (known == null) {
            known = new Entry();
            known.named = true;
            known.safe = Files.readAllBytes(file);
            entries.put(file, known);
        }
        return known;
    }

    FileChannel opened(FileChannel channel) {
        open.add(channel);
        return channel;
    }

    /** All channels are closed, and if the power fails what was not safe is as chance has it. */
    void crash(boolean powerLoss) {
        try {
            for (FileChannel channel : open) {
                channel.close();
            }
            open.clear();
            if (powerLoss) {
                tear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tear() throws IOException {
        for (Map.Entry<Path, Entry> file : entries.entrySet()) {
            if (!Files.exists(file.getKey())) {
                continue;
            }
            if (!file.getValue().named && faults.choose(2) == 0) {
                lose(file.getKey(), file.getValue().replaced);
            } else {
                tear(file.getKey(), file.getValue().safe);
            }
        }
        for (Map.Entry<Path, byte[]> file : deleted.entrySet()) {
            if (faults.choose(2) == 0 && !Files.exists(file.getKey())) {
                faults.count(Mishap.FILE_BACK);
                Files.write(file.getKey(), file.getValue());
            }
        }
        entries.clear();
        deleted.clear();
    }

    /** Whose name is not safe is not there, or is still the file's that it replaced. */
    private void lose(Path file, byte @Nullable [] replaced) throws IOException {
        if (replaced == null) {
            faults.count(Mishap.FILE_GONE);
            Files.delete(file);
        } else {
            faults.count(Mishap.FILE_BACK);
            Files.write(file, replaced);
        }
    }

    private void tear(Path file, byte @Nullable [] safe) throws IOException {
        byte[] now = Files.readAllBytes(file);
        int sure = safe == null ? 0 : Arrays.mismatch(safe, now);
        if (sure >= 0 && now.length > sure) {
            byte[] left = Arrays.copyOf(now, sure + faults.choose(now.length - sure + 1));
            if (left.length < now.length) {
                faults.count(Mishap.FILE_CUT);
            }
            if (left.length > sure && faults.choose(2) == 0) {
                faults.count(Mishap.FILE_GARBLED);
                Arrays.fill(left, sure + faults.choose(left.length - sure), left.length, (byte) faults.choose(256));
            }
            Files.write(file, left);
        }
    }

    private static final class Entry {
        private byte @Nullable [] safe;
        private boolean named;
        private boolean moved;
        private byte @Nullable [] replaced;

        /** What is there under the name after the power fails, if nothing newer is. */
        private byte @Nullable [] certain() {
            return named ? safe : replaced;
        }

        private void name(Path file) throws IOException {
            named = true;
            replaced = null;
            if (moved && Files.exists(file)) {
                safe = Files.readAllBytes(file);
            }
        }
    }
}
