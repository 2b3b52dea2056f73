package dev.hansa.server.fleet;

import com.google.protobuf.ByteString;
import dev.hansa.core.FederationException;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.TaskCodec;
import dev.hansa.wire.update.UpdateBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One question to one node, from asking until its round is counted. Safe for several threads. */
public final class OpenTask {
    /** How much longer than the model an update may be: another writer may put more into a file's header. */
    private static final long SLACK_BYTES = 64 << 10;

    private final String id;
    private final String node;
    private final Wanted wanted;
    private final dev.hansa.wire.proto.Task message;
    private final Optional<Model> model;
    private final Path spool;
    private final Countdown countdown;
    private final Fleet.Answers answers;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private volatile long updateBytes;
    private @Nullable Upload upload;
    private boolean ended;
    private boolean sealed;

    /** Touched before the task is opened, or under the board's lock. */
    State state = State.OPEN;
    /** Touched before the task is opened, or under the board's lock. */
    @Nullable
    Report report;
    /** Whether a report on it is coming in, so that it stays open; under the board's lock alone. */
    boolean reporting;

    /** Where a task is on its way. */
    enum State {
        OPEN,
        REPORTED,
        CLOSED
    }

    /**
     * @param model the blob that the message names, if it names one
     * @param spool the folder where updates are put
     * @param countdown until its round closes
     */
    OpenTask(String id, String node, Task task, dev.hansa.wire.proto.Task message, Optional<Model> model, Path spool,
            Countdown countdown, Fleet.Answers answers) {
        this.id = id;
        this.node = node;
        this.wanted = Wanted.by(task);
        this.message = message;
        this.model = model;
        this.spool = spool;
        this.countdown = countdown;
        this.answers = answers;
    }

    /** Never used for another. */
    public String id() {
        return id;
    }

    /** Who is asked. */
    public String node() {
        return node;
    }

    /** What answers it. */
    Wanted wanted() {
        return wanted;
    }

    /** Until nobody waits for the answer any more. */
    Countdown countdown() {
        return countdown;
    }

    /** What the node is told now: in time less is left. */
    public dev.hansa.wire.proto.Task message() {
        return TaskCodec.within(message, countdown.leftMillis());
    }

    /** The same, with the model in it if that has no more bytes. */
    public dev.hansa.wire.proto.Task message(long inlineBytes) {
        return model.filter(small -> small.blob().sizeBytes() <= inlineBytes)
                .map(small -> message().toBuilder().setContent(small.content()).build()).orElseGet(this::message);
    }

    /** The blob that the message names, if it names one. */
    public Optional<Model> model() {
        return model;
    }

    /** Counts payload that went to the node. */
    public void sent(long bytes) {
        sent.addAndGet(bytes);
    }

    /** Counts payload that came from the node. */
    public void received(long bytes) {
        received.addAndGet(bytes);
    }

    /** Whether the node has done what was asked; under the board's lock alone. */
    boolean isDone() {
        return state == State.REPORTED && !(report instanceof Report.Refused || report instanceof Report.Failed);
    }

    /**
     * Tells the asking round that the answer is safe.
     *
     * @param updateBytes of the update in it, if there is one
     */
    void arrived(long updateBytes) {
        this.updateBytes = updateBytes;
        answers.arrived(node, traffic());
    }

    /** What went over the wire on its behalf so far. */
    Traffic traffic() {
        boolean smaller =
                updateBytes > 0 && wanted.update().filter(update -> !update.compression().isNone()).isPresent();
        // Not compressed it would be a file like the model's.
        long saved = smaller ? Math.max(0, model.orElseThrow().blob().sizeBytes() - updateBytes) : 0;
        return new Traffic(sent.get(), received.get(), saved);
    }

    /** How much there is of the upload of that name, also of one that an earlier process began. */
    public synchronized long have(Sha256 name) {
        if (upload != null) {
            return upload.name().equals(name) ? upload.have() : 0;
        }
        try {
            return Files.size(file(name));
        } catch (IOException none) {
            return 0;
        }
    }

    private Path file(Sha256 name) {
        return spool.resolve(id + "-" + name.hex());
    }

    /**
     * The upload of that name and size, begun if need be; a node that trained anew replaces what it sent before, until it
     * is {@linkplain #seal sealed}.
     *
     * @throws RejectedException if the task takes none, none so large, or none any more
     */
    public synchronized Upload upload(Sha256 name, long size) {
        if (wanted.update().isEmpty() || model.isEmpty()) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, "task " + id + " takes no update");
        }
        Wanted.Update form = wanted.update().get();
        long limit = form.compression().isNone()
                ? model.get().blob().sizeBytes() + SLACK_BYTES
                : UpdateBlob.largest(form.compression(), form.layout());
        if (size < 1 || size > limit) {
            throw new RejectedException(ErrorCode.TOO_LARGE,
                    "the update has " + size + " bytes, expected from 1 to " + limit + " for this model");
        }
        if (ended) {
            throw TaskBoard.closed(id);
        }
        if (upload != null && upload.name().equals(name) && upload.size() == size) {
            return upload;
        }
        if (sealed) {
            throw new RejectedException(ErrorCode.CLOSED,
                    "task " + id + " is reported and takes no other update; drop the work");
        }
        if (upload != null) {
            Upload replaced = upload;
            upload = null; // also if it cannot be deleted: the next one overwrites it
            replaced.discard();
        }
        upload = new Upload(file(name), name, size);
        return upload;
    }

    /**
     * The file of the finished upload. One of which an earlier process had written all, and died before it was checked, is
     * finished here: no piece is missing that would do it.
     *
     * @throws RejectedException if not all of it is there
     */
    synchronized Path update(BlobRef blob) {
        Upload begun = begun(blob);
        if (begun != null) {
            begun.finishIfWhole();
        }
        if (begun == null || !begun.whole() || begun.size() != blob.sizeBytes()) {
            long have = begun == null ? 0 : begun.have();
            throw new RejectedException(ErrorCode.WRONG_OFFSET, "the report names an update of " + blob.sizeBytes()
                    + " bytes, of which " + have + " are here; upload it before the report", HeaderNames.OFFSET,
                    Long.toString(have));
        }
        return begun.file();
    }

    private @Nullable Upload begun(BlobRef blob) {
        if (upload == null && have(blob.sha256()) > 0) {
            return upload(blob.sha256(), blob.sizeBytes());
        }
        return upload != null && upload.name().equals(blob.sha256()) ? upload : null;
    }

    /**
     * The file of an upload that was finished before a restart.
     *
     * @throws RejectedException if it is not there as it was
     */
    Path restored(BlobRef blob) {
        upload(blob.sha256(), blob.sizeBytes());
        return update(blob);
    }

    /**
     * The finished upload will be counted: no other may take its place.
     *
     * @throws RejectedException if another already did
     */
    synchronized void seal(BlobRef blob) {
        update(blob);
        sealed = true;
    }

    /** Nothing more is uploaded; what was stays until its round is counted. */
    synchronized void end() {
        ended = true;
        if (upload != null) {
            upload.end();
        }
    }

    /** A file of parameters to be fetched. */
    public record Model(BlobRef blob, Path file) {
        private ByteString content() {
            try {
                return ByteString.copyFrom(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new FederationException("cannot read " + file + ": " + e.getMessage(), true, e);
            }
        }
    }
}
