package dev.hansa.server.run;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.store.RunFolder;
import dev.hansa.server.store.RunRow;
import dev.hansa.server.store.SqliteStore;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.model.ModelFile;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The models of runs as files for people, made when somebody asks: at most one a run, that of its last committed round.
 * Safe for several threads.
 */
final class ModelFiles {
    private static final int LOCKS = 64;

    private final SqliteStore store;
    private final DataDirectory directory;
    /** Each for the runs whose ids fall to it. */
    private final List<ReentrantLock> locks = Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
    private final Map<String, Digest> digests = Collections.synchronizedMap(new Recent<>());

    ModelFiles(SqliteStore store, DataDirectory directory) {
        this.store = store;
        this.directory = directory;
    }

    /**
     * The model, open: it stays whole for who reads it when a newer one takes its place.
     *
     * @throws RejectedException if no round is committed yet
     */
    FileChannel open(RunRow run, RunFile file) throws IOException {
        ReentrantLock lock = lock(run);
        lock.lock();
        try {
            return FileChannel.open(newest(run, file), StandardOpenOption.READ);
        } finally {
            lock.unlock();
        }
    }

    /** Of the model's file. */
    Sha256 digest(RunRow run, RunFile file) throws IOException {
        ReentrantLock lock = lock(run);
        lock.lock();
        try {
            Path newest = newest(run, file);
            Digest known = digests.get(run.id());
            if (known == null || !known.file.equals(newest)) {
                known = new Digest(newest, Sha256.of(newest));
                digests.put(run.id(), known);
            }
            return known.sha256;
        } finally {
            lock.unlock();
        }
    }

    private ReentrantLock lock(RunRow run) {
        return locks.get(Math.floorMod(run.id().hashCode(), LOCKS));
    }

    private Path newest(RunRow run, RunFile file) throws IOException {
        RunFolder folder = directory.run(run.id());
        Path newest = folder.model(store.rounds(run.id()));
        if (Files.exists(newest)) {
            return newest;
        }
        Checkpoint last = latest(run).filter(checkpoint -> checkpoint.state().round() > 0)
                .orElseThrow(() -> new RejectedException(ErrorCode.NOT_FOUND,
                        "run " + run.id() + " has no model before its first round is committed"));
        Path written = folder.model(last.state().round());
        folder.clearModels();
        new ModelFile(last.state().round(), file, last.preprocessing(), last.state().parameters()).write(written);
        return written;
    }

    /** A round that is committed while the state is read takes it away; then there is a newer one. */
    private Optional<Checkpoint> latest(RunRow run) {
        while (true) {
            int before = store.rounds(run.id());
            try {
                return store.latest(run.id());
            } catch (RuntimeException e) {
                if (store.rounds(run.id()) == before) {
                    throw e;
                }
            }
        }
    }

    private record Digest(Path file, Sha256 sha256) {}
}
