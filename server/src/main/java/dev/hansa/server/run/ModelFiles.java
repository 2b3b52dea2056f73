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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The models of runs as files for people, made when somebody asks: at most two a run, those of its last committed round
 * and of its best one. Safe for several threads.
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
     * The model, open: it stays whole for who reads it when another one takes its place.
     *
     * @throws RejectedException if there is none
     */
    FileChannel open(RunRow run, RunFile file, WhichModel which) throws IOException {
        ReentrantLock lock = lock(run);
        lock.lock();
        try {
            return FileChannel.open(made(run, file, which), StandardOpenOption.READ);
        } finally {
            lock.unlock();
        }
    }

    /** Of the last model's file. */
    Sha256 digest(RunRow run, RunFile file) throws IOException {
        ReentrantLock lock = lock(run);
        lock.lock();
        try {
            Path newest = made(run, file, WhichModel.LAST);
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

    private Path made(RunRow run, RunFile file, WhichModel which) throws IOException {
        RunFolder folder = directory.run(run.id());
        Path there = folder.model(round(run, which));
        if (Files.exists(there)) {
            return there;
        }
        Checkpoint wanted = checkpoint(run, which).filter(checkpoint -> checkpoint.state().round() > 0)
                .orElseThrow(() -> new RejectedException(ErrorCode.NOT_FOUND, "run " + run.id() + lack(which)));
        Path written = folder.model(wanted.state().round());
        folder.keepModels(
                new HashSet<>(List.of(store.rounds(run.id()), store.bestRound(run.id()), wanted.state().round())));
        new ModelFile(wanted.state().round(), file, wanted.preprocessing(), wanted.state().parameters())
                .write(written);
        return written;
    }

    private int round(RunRow run, WhichModel which) {
        return which == WhichModel.BEST ? store.bestRound(run.id()) : store.rounds(run.id());
    }

    private static String lack(WhichModel which) {
        return which == WhichModel.BEST
                ? " keeps no best model: none of its rounds was measured by the metric of evaluation.best, or this"
                        + " version did not run it from its beginning"
                : " has no model before its first round is committed";
    }

    /** A round that is committed while the state is read takes it away; then there is another one. */
    private Optional<Checkpoint> checkpoint(RunRow run, WhichModel which) {
        while (true) {
            int before = round(run, which);
            try {
                return which == WhichModel.BEST ? store.best(run.id()) : store.latest(run.id());
            } catch (RuntimeException e) {
                if (round(run, which) == before) {
                    throw e;
                }
            }
        }
    }

    private record Digest(Path file, Sha256 sha256) {}
}
