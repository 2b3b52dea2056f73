package dev.hansa.wire.message;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

/** The bytes of messages. */
public final class Messages {

    private Messages() {}

    /**
     * The message in the bytes.
     *
     * @param parser of the expected type, such as {@code Task.parser()}
     * @throws MalformedMessageException if the bytes are anything else
     */
    public static <T extends MessageLite> T parse(Parser<T> parser, byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedMessageException("message",
                    bytes.length + " bytes are no message of the expected type: " + e.getMessage(), e);
        }
    }
}
