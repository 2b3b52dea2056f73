package dev.hansa.client.http;

import com.google.protobuf.ByteString;
import dev.hansa.core.FederationException;
import dev.hansa.core.protocol.Report;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Limits;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.LedgerCodec;
import dev.hansa.wire.message.ReportCodec;
import dev.hansa.wire.update.UpdateBlob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings reports to the coordinator: a small update within its report, a large one before it.
 *
 * <p>What cost more to make than {@link #CHEAP}, and what is uploaded, is kept on the disk first, until the run's next
 * training shows that its round is over. What was cheaper is made again after a crash: to sync it would cost more, and
 * in every round.
 */
final class ReportDelivery {
    static final Duration CHEAP = Duration.ofSeconds(1);

    private final Turns turns;
    private final UpdateUpload upload;
    private final KeptAnswers kept;
    private final LinkListener listener;
    private final Timing timing;
    private final boolean inline;
    private Doorkeeper door = Doorkeeper.NONE;
    private String taskId = "";
    private String run = "";
    private long startedNanos;

    /**
     * @param answers a folder
     */
    ReportDelivery(Turns turns, UpdateUpload upload, Path answers, LinkListener listener, Timing timing,
            boolean inline) {
        this.turns = turns;
        this.upload = upload;
        this.kept = new KeptAnswers(answers, listener);
        this.listener = listener;
        this.timing = timing;
        this.inline = inline;
    }

    /** Nothing leaves of which the doorkeeper does not know. */
    void watchedBy(Doorkeeper doorkeeper) {
        door = doorkeeper;
    }

    /** Removes what earlier processes left and nobody will ask for. */
    void tidy() {
        kept.tidy(timing.millis());
    }

    /** The task is being performed from now on. */
    void started(String givenTask, String itsRun) {
        taskId = givenTask;
        run = itsRun;
        startedNanos = timing.nanos();
    }

    /** The answer to the task, if an earlier process, or this one, has kept it. */
    Optional<KeptAnswer> kept(String givenTask, String itsRun) {
        return kept.find(itsRun, givenTask);
    }

    /**
     * Returns when the coordinator has the report.
     *
     * @throws ErrorAnswer         if it does not take the report; an update that gets no further is not taken either
     * @throws FederationException if this machine's disk does not take, or give back, what it must
     */
    void deliver(String givenTask, Report report) throws ErrorAnswer, InterruptedException {
        if (!(report instanceof Report.Fitted fitted)) {
            dev.hansa.wire.proto.Report message = ReportCodec.encode(report, difference -> {
                throw new AssertionError("only an update has a difference");
            });
            door.leaves(givenTask, report, KeptAnswer.content256(message));
            turns.report(givenTask, withLedger(message).toByteArray());
            return;
        }
        Optional<byte[]> small = inline ? UpdateBlob.small(fitted.update().difference()) : Optional.empty();
        if (!small.isPresent()) {
            KeptAnswer answer = keep(givenTask, fitted);
            door.leaves(givenTask, report, answer.content256());
            deliver(answer);
            return;
        }
        if (door.keepsUpdates() || timing.nanos() - startedNanos > CHEAP.toNanos()) {
            keepIfPossible(givenTask, fitted);
        } else {
            kept.forget(runOf(givenTask));
        }
        byte[] content = small.get();
        BlobRef blob = new BlobRef(Sha256.of(content), content.length);
        dev.hansa.wire.proto.Report message = ReportCodec.encode(fitted, difference -> blob);
        door.leaves(givenTask, report, KeptAnswer.content256(message));
        untilRefused(givenTask, () -> turns.report(givenTask, withContent(message, content)));
    }

    /** The same for an answer that was kept, and may leave. */
    void deliver(KeptAnswer answer) throws ErrorAnswer, InterruptedException {
        if (inline && answer.update().sizeBytes() <= Limits.INLINE_BYTES) {
            untilRefused(answer.taskId(),
                    () -> turns.report(answer.taskId(), withContent(answer.report(), answer.content())));
        } else {
            untilRefused(answer.taskId(), () -> upload.send(answer.taskId(), answer.update(), answer.file(),
                    withLedger(answer.report()).toByteArray()));
        }
    }

    /** What the coordinator does not take it will not ask for again. */
    private void untilRefused(String givenTask, HttpLink.Attempt delivery) throws ErrorAnswer, InterruptedException {
        try {
            delivery.make();
        } catch (ErrorAnswer e) {
            if (e.gone() || e.aboutContent()) {
                kept.forget(runOf(givenTask));
            }
            throw e;
        }
    }

    private void keepIfPossible(String givenTask, Report.Fitted fitted) {
        try {
            keep(givenTask, fitted);
        } catch (FederationException e) {
            listener.answerLost(givenTask, String.valueOf(e.getMessage())); // it can be delivered nevertheless
        }
    }

    private KeptAnswer keep(String givenTask, Report.Fitted fitted) {
        return kept.keep(runOf(givenTask), givenTask, fitted.update().difference(),
                blob -> ReportCodec.encode(fitted, difference -> blob));
    }

    private byte[] withContent(dev.hansa.wire.proto.Report report, byte[] content) {
        return withLedger(report).toBuilder().setContent(ByteString.copyFrom(content)).build().toByteArray();
    }

    private dev.hansa.wire.proto.Report withLedger(dev.hansa.wire.proto.Report report) {
        return door.head().map(head -> report.toBuilder().setLedger(LedgerCodec.encode(head)).build()).orElse(report);
    }

    /** A task that was not started is a run of its own. */
    private String runOf(String givenTask) {
        return givenTask.equals(taskId) ? run : givenTask;
    }
}
