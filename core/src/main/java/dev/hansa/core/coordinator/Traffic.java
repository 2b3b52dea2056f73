package dev.hansa.core.coordinator;

/**
 * Bytes that went between the coordinator and a client.
 *
 * @param sent     by the coordinator
 * @param received by the coordinator
 * @param saved    what it would have received besides, had updates not been compressed
 */
public record Traffic(long sent, long received, long saved) {
    /** Nothing moved. */
    public static final Traffic NONE = new Traffic(0, 0);

    /** Of what was sent as it is. */
    public Traffic(long sent, long received) {
        this(sent, received, 0);
    }

    /** Both together. */
    public Traffic plus(Traffic other) {
        return new Traffic(sent + other.sent, received + other.received, saved + other.saved);
    }
}
