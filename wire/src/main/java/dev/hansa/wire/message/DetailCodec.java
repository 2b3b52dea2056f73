package dev.hansa.wire.message;

import dev.hansa.core.data.Schema;
import dev.hansa.core.protocol.Detail;
import dev.hansa.wire.Limits;
import dev.hansa.wire.proto.Task;

/** What to tell of held-out rows, as a message. */
final class DetailCodec {

    private DetailCodec() {}

    static Task.Detail encode(Detail detail) {
        return Task.Detail.newBuilder().setClasses(detail.classes()).setConfusion(detail.confusion())
                .setScoreBins(detail.scoreBins()).setConfidenceBins(detail.confidenceBins()).build();
    }

    /** A message that is absent asks for nothing. */
    static Detail decode(Task.Detail message, Schema schema) {
        Detail detail = Fields.checked("detail", () -> new Detail(message.getClasses(), message.getConfusion(),
                message.getScoreBins(), message.getConfidenceBins()));
        detail.objection(schema.outputs(), Limits.DETAIL).ifPresent(objection -> {
            throw new MalformedMessageException("detail", objection);
        });
        return detail;
    }
}
