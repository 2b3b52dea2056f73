package dev.hansa.client.http;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import dev.hansa.wire.update.UpdateBlob;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last trained answer of each run, in a folder, so that no training is done twice because a process was killed.
 *
 * <p>An answer is one file, written over the one before and synced once: a crash in between leaves a damaged file, which
 * costs a training and nothing else. There are never more than {@link #MOST_ANSWERS} of them, nor more than
 * {@link #MOST_BYTES} beside the newest. For one thread at a time.
 */
final class KeptAnswers {
    static final int MOST_ANSWERS = 8;
    static final long MOST_BYTES = 1L << 30;
    /** No round is open for so long, as a rule. */
    static final Duration LONGEST = Duration.ofDays(7);

    private static final String SUFFIX = ".answer";

    private final Path folder;
    private final LinkListener listener;

    /**
     * @param folder exists, and holds nothing else
     */
    KeptAnswers(Path folder, LinkListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** The answer to that task of the run, if it was kept and is whole. */
    Optional<KeptAnswer> find(String run, String taskId) {
        Path file = file(run);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return KeptAnswer.read(file, taskId);
        } catch (KeptAnswer.DamagedException | FederationException e) {
            listener.answerLost(taskId, file + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Keeps an answer in the place of the run's last one; durable when it returns.
     *
     * @param report makes the message, told how the update is called
     * @throws FederationException if the disk does not take it
     */
    KeptAnswer keep(String run, String taskId, ParameterSource update,
            Function<BlobRef, dev.hansa.wire.proto.Report> report) {
        Path file = file(run);
        makeRoom(file);
        try {
            boolean known = Files.exists(file);
            KeptAnswer answer;
            try (FileOutputStream content = new FileOutputStream(PrivateFiles.create(file).toFile())) {
                OutputStream out = new BufferedOutputStream(content);
                Sha256 name = write(out, update);
                BlobRef blob = new BlobRef(name, file.toFile().length());
                answer = new KeptAnswer(taskId, report.apply(blob), file);
                answer.writeTo(out);
                out.flush();
                content.getFD().sync();
            }
            if (!known) {
                PrivateFiles.syncName(file);
            }
            return answer;
        } catch (IOException e) {
            throw notKept(file, e);
        }
    }

    /** Half an answer is of no use, and takes what room a full disk has left. */
    private FederationException notKept(Path file, IOException e) {
        FederationException problem = new FederationException(
                "cannot write the update to " + file + ": " + e + "; is the disk full?", true, e);
        try {
            delete(file);
        } catch (FederationException undeleted) {
            problem.addSuppressed(undeleted);
        }
        return problem;
    }

    private static Sha256 write(OutputStream out, ParameterSource update) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        UpdateBlob.write(new DigestOutputStream(out, digest), update);
        out.flush();
        return Sha256.finish(digest);
    }

    /** Forgets the answer of the run, if there is one. */
    void forget(String run) {
        delete(file(run));
    }

    /** Deletes what is older than {@link #LONGEST}, and what is no answer; for the start of a process. */
    void tidy(long nowMillis) {
        long oldest = nowMillis - LONGEST.toMillis();
        files().stream().filter(file -> !file.getFileName().toString().endsWith(SUFFIX) || writtenMillis(file) < oldest)
                .forEach(this::delete);
    }

    /** Leaves the newest answers beside the one that is about to be written. */
    private void makeRoom(Path next) {
        List<Path> others = files().stream().filter(file -> !file.equals(next))
                .sorted(Comparator.comparingLong(KeptAnswers::writtenMillis).reversed()).collect(Collectors.toList());
        long bytes = 0;
        for (int i = 0; i < others.size(); i++) {
            bytes += others.get(i).toFile().length();
            if (i >= MOST_ANSWERS - 1 || bytes > MOST_BYTES) {
                delete(others.get(i));
            }
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toList());
        } catch (IOException e) {
            throw new FederationException("cannot read the folder " + folder + ": " + e, true, e);
        }
    }

    private static long writtenMillis(Path file) {
        return file.toFile().lastModified();
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new FederationException("cannot delete " + file + ": " + e, true, e);
        }
    }

    /** Runs are called as the coordinator likes, files are not. */
    private Path file(String run) {
        return folder.resolve(Sha256.of(run.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32) + SUFFIX);
    }
}
