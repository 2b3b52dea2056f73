package dev.hansa.core.coordinator;

/**
 * Bytes that went between the coordinator and a client.
 *
 * @param sent     by the coordinator
 * @param received by the coordinator
 */
public record Traffic(long sent, long received) {
    /** Nothing moved. */
    public static final Traffic NONE = new Traffic(0, 0);

    /** Both together. */
    public Traffic plus(Traffic other) {
        return new Traffic(sent + other.sent, received + other.received);
    }
}
