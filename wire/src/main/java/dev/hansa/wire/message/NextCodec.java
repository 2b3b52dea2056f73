package dev.hansa.wire.message;

import dev.hansa.core.client.Link;
import dev.hansa.core.model.Parameters;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.proto.Next;
import java.time.Duration;
import java.util.function.Function;

/** Answers to a node that asks for work, as messages. */
public final class NextCodec {
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private NextCodec() {}

    /** The message. */
    public static Next encode(Link.Next next, Function<Parameters, BlobRef> blobs) {
        var message = Next.newBuilder();
        if (next instanceof Link.Next.Work work) {
            message.setWork(TaskCodec.encode(work.taskId(), work.task(), blobs));
        } else if (next instanceof Link.Next.Later later) {
            message.setLater(Next.Later.newBuilder().setPauseMillis(later.pause().toMillis()));
        } else if (next instanceof Link.Next.Leave leave) {
            message.setLeave(Next.Leave.newBuilder().setReason(Fields.prose(leave.reason())));
        }
        return message.build();
    }

    /**
     * The answer.
     *
     * @param blobs as in {@link TaskCodec#decode}
     * @throws MalformedMessageException if the message holds none
     */
    public static Link.Next decode(Next message, Function<BlobRef, Parameters> blobs) {
        return switch (message.getNextCase()) {
            case WORK ->
                    new Link.Next.Work(TaskCodec.id(message.getWork()), TaskCodec.decode(message.getWork(), blobs));
            case LATER -> {
                long millis = Fields.notNegative("later.pause_millis", message.getLater().getPauseMillis());
                Fields.require(millis <= LONGEST_PAUSE.toMillis(), "later.pause_millis", millis,
                        "at most " + LONGEST_PAUSE.toMillis());
                yield new Link.Next.Later(Duration.ofMillis(millis));
            }
            case LEAVE -> new Link.Next.Leave(Fields.prose(message.getLeave().getReason()));
            case NEXT_NOT_SET -> throw new MalformedMessageException("next", "is empty, expected work, later or leave");
        };
    }
}
