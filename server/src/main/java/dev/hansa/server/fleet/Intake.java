package dev.hansa.server.fleet;

import com.google.protobuf.ByteString;
import dev.hansa.core.protocol.Report;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.fleet.OpenTask.State;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Limits;
import dev.hansa.wire.message.BlobCodec;
import dev.hansa.wire.message.ReportCodec;
import dev.hansa.wire.update.UpdateBlob;
import java.nio.file.Path;
import java.util.function.Function;

/** What comes as a report, checked and opened before it becomes a task's answer. */
final class Intake {
    private Intake() {}

    /**
     * The report in the message, which answers the task.
     *
     * @throws RejectedException if it does not, or names an update that is not there
     */
    static Report report(OpenTask task, dev.hansa.wire.proto.Report message) {
        Report report = decode(task.wanted(), message, task::update);
        requireAnswer(task.wanted(), report);
        return report;
    }

    /**
     * Takes a report that an earlier process had acknowledged, before the task is opened.
     *
     * @throws RejectedException if the update it names is not there
     */
    static void restore(OpenTask task, dev.hansa.wire.proto.Report message) {
        Report report = decode(task.wanted(), message, task::restored);
        requireAnswer(task.wanted(), report);
        accept(task, message, report);
    }

    private static Report decode(Wanted wanted, dev.hansa.wire.proto.Report message, Function<BlobRef, Path> uploaded) {
        ByteString content = message.getContent();
        if (content.size() > Limits.INLINE_BYTES) {
            throw new RejectedException(ErrorCode.TOO_LARGE, "the report's content has " + content.size()
                    + " bytes, expected at most " + Limits.INLINE_BYTES + "; upload the update");
        }
        return ReportCodec.decode(message, blob -> {
            Wanted.Update form = wanted.update().orElseThrow(() -> noAnswer(Report.Fitted.class, wanted));
            return content.isEmpty()
                    ? UpdateBlob.open(uploaded.apply(blob), form.compression(), form.layout())
                    : UpdateBlob.read(blob, content.toByteArray(), form.compression(), form.layout());
        });
    }

    /** Notes the report as the task's answer; under the board's lock, or before the task is opened. */
    static void accept(OpenTask task, dev.hansa.wire.proto.Report message, Report report) {
        if (report instanceof Report.Fitted && message.getContent().isEmpty()) {
            task.seal(BlobCodec.decode(message.getFitted().getDifference()));
        }
        task.state = State.REPORTED;
        task.report = report;
        task.arrived(report instanceof Report.Fitted
                ? BlobCodec.decode(message.getFitted().getDifference()).sizeBytes()
                : 0);
    }

    private static void requireAnswer(Wanted wanted, Report report) {
        if (!wanted.isAnsweredBy(report)) {
            throw noAnswer(report.getClass(), wanted);
        }
    }

    private static RejectedException noAnswer(Class<? extends Report> report, Wanted wanted) {
        return new RejectedException(ErrorCode.UNUSABLE, "got a " + report.getSimpleName() + ", and a "
                + wanted.answer().getSimpleName() + " answers the task");
    }
}
