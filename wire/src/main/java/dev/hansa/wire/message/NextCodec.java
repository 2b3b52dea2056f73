package dev.hansa.wire.message;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.hansa.core.client.Link;
import dev.hansa.core.model.Parameters;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.proto.Next;
import dev.hansa.wire.proto.Task;
import java.io.IOException;
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
     * The id of the task that an answer begins with, to refuse a task that is too large to be read.
     *
     * @param beginning of the message's bytes
     * @throws MalformedMessageException if the message does not begin with a task and its id
     */
    public static String taskId(byte[] beginning) {
        CodedInputStream in = CodedInputStream.newInstance(beginning);
        try {
            Fields.require(in.readTag() == tag(Next.WORK_FIELD_NUMBER), "next", "something else", "a task");
            in.readRawVarint32(); // its size
            Fields.require(in.readTag() == tag(Task.ID_FIELD_NUMBER), "task", "something else", "its id first");
            return TaskCodec.id(Task.newBuilder().setId(in.readStringRequireUtf8()).build());
        } catch (IOException e) {
            throw new MalformedMessageException("next", "does not begin with a task: " + e.getMessage(), e);
        }
    }

    private static int tag(int field) {
        return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
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
