package dev.hansa.client;

import dev.hansa.core.FederationException;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.model.DamagedParametersException;
import dev.hansa.core.model.Parameters;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import dev.hansa.wire.safetensors.BlobFolder;
import dev.hansa.wire.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node remembers from round to round, in a folder: two rounds of each run, and at most {@link #MOST_RUNS} runs.
 *
 * <p>A file is called {@code RUN-ROUND-SHA256}, so it tells by itself whether it is whole. One that is damaged counts as
 * none.
 */
final class MemoryFiles implements ClientMemory {
    static final int MOST_RUNS = 8;
    /** No run pauses for so long, as a rule. */
    static final Duration LONGEST = Duration.ofDays(30);

    private final Path folder;
    private final ToldFiles told;
    private final PersonalFiles personal;
    private final NodeListener listener;

    /**
     * @param folder   exists, and holds nothing else
     * @param told     likewise, for what was told under noise of the node's own
     * @param personal likewise, for the models that are the node's own
     */
    MemoryFiles(Path folder, Path told, Path personal, NodeListener listener) {
        this.folder = folder;
        this.told = new ToldFiles(told);
        this.personal = new PersonalFiles(personal);
        this.listener = listener;
    }

    @Override
    public Optional<Parameters> of(String run, int round) {
        return onDisk(() -> {
            for (Remembered found : newestFirst(run)) { // after a crash in between, what it replaces is still there
                if (found.round == round) {
                    return read(run, found.file, found.sha256);
                }
            }
            return Optional.empty();
        });
    }

    private Optional<Parameters> read(String run, Path file, Sha256 sha256) throws IOException {
        try {
            if (Sha256.of(file).equals(sha256)) {
                return Optional.of(Parameters.load(SafetensorsFile.open(file)));
            }
        } catch (DamagedParametersException e) {
            // told below
        }
        listener.memoryLost(run, file + " is damaged");
        return Optional.empty();
    }

    @Override
    public void keep(String run, int counted, int round, Parameters remembered) {
        onDisk(() -> {
            BlobFolder blobs = new BlobFolder(folder);
            Sha256 name = blobs.write(remembered).sha256();
            Path kept = folder.resolve(key(run) + "-" + round + "-" + name.hex());
            PrivateFiles.move(blobs.path(name), kept);
            // Only now: what the same round kept before may belong to an update that is under way.
            boolean replaced = false;
            for (Remembered other : newestFirst(run)) {
                if (!other.file.equals(kept) && other.round != counted) {
                    Files.delete(other.file);
                    replaced |= other.round == round;
                }
            }
            if (replaced) { // a crash must not bring it back beside the new one
                PrivateFiles.syncName(kept);
            }
            makeRoom(key(run));
            return round;
        });
    }

    @Override
    public void keepTold(String run, String what, Parameters numbers) {
        onDisk(() -> told.keep(run, what, numbers));
    }

    @Override
    public Optional<Parameters> told(String run, String what) {
        return onDisk(() -> {
            try {
                return told.find(run, what);
            } catch (DamagedParametersException e) {
                listener.memoryLost(run, told.folder() + " is damaged: " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    @Override
    public void keepPersonal(String run, int round, Parameters model) {
        onDisk(() -> {
            listener.ownModelKept(run, personal.keep(run, round, model));
            return round;
        });
    }

    @Override
    public Optional<Parameters> personal(String run) {
        return onDisk(() -> personal.find(run));
    }

    /** Deletes what is older than {@link #LONGEST}, and what was left half written; for the start of a process. */
    void tidy(long nowMillis) {
        onDisk(() -> {
            for (Path file : files()) {
                if (!Remembered.of(file).isPresent()
                        || file.toFile().lastModified() < nowMillis - LONGEST.toMillis()) {
                    Files.delete(file);
                }
            }
            told.tidy(nowMillis - LONGEST.toMillis());
            return nowMillis;
        });
    }

    /** Of the run that was just kept, whatever the clock says, and of the newest others. */
    private void makeRoom(String kept) throws IOException {
        List<Remembered> newestFirst = newestFirst();
        List<String> others = newestFirst.stream().map(Remembered::run).filter(run -> !run.equals(kept)).distinct()
                .limit(MOST_RUNS - 1).collect(Collectors.toList());
        for (Remembered remembered : newestFirst) {
            if (!remembered.run.equals(kept) && !others.contains(remembered.run)) {
                Files.delete(remembered.file);
            }
        }
    }

    private List<Remembered> newestFirst(String run) throws IOException {
        String key = key(run);
        return newestFirst().stream().filter(remembered -> remembered.run.equals(key)).collect(Collectors.toList());
    }

    private List<Remembered> newestFirst() throws IOException {
        return files().stream().map(Remembered::of).filter(Optional::isPresent).map(Optional::get)
                .sorted(Comparator.comparingLong((Remembered remembered) -> remembered.file.toFile().lastModified())
                        .reversed())
                .collect(Collectors.toList());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toList());
        }
    }

    /** Runs are called as the coordinator likes, files are not. */
    private static String key(String run) {
        return Sha256.of(run.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
    }

    /** The owner hears the details, the coordinator that the task failed. */
    private <T> T onDisk(DiskWork<T> work) {
        try {
            return work.run();
        } catch (IOException | FederationException e) {
            listener.memoryLost("", folder + " cannot be used: " + e.getMessage());
            throw new FederationException(
                    "what is to be remembered of the round cannot be kept on this node now; its owner's log "
                            + "tells more",
                    true, e);
        }
    }

    private interface DiskWork<T> {
        T run() throws IOException;
    }

    private record Remembered(Path file, String run, int round, Sha256 sha256) {
        static Optional<Remembered> of(Path file) {
            String[] parts = file.getFileName().toString().split("-", -1);
            return parts.length == 3 && parts[1].matches("[0-9]{1,9}") && parts[2].matches("[0-9a-f]{64}")
                    ? Optional.of(new Remembered(file, parts[0], Integer.parseInt(parts[1]), Sha256.parse(parts[2])))
                    : Optional.empty();
        }
    }
}
