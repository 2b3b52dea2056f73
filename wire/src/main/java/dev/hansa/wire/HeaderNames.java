package dev.hansa.wire;

/** The names of the headers of {@code docs/protocol.md}. */
public final class HeaderNames {
    /** The node that sends the request. */
    public static final String NODE = "Hansa-Node";
    /** Milliseconds since 1970 by the node's clock. */
    public static final String TIME = "Hansa-Time";
    /** The SHA-256 of a control message, which the signature covers. */
    public static final String DIGEST = "Hansa-Digest";
    /** The signature of the request. */
    public static final String SIGNATURE = "Hansa-Signature";
    /** The author of a file that is submitted, and the author's signature of it. */
    public static final String FILE_SIGNATURE = "Hansa-File-Signature";
    /** How many bytes of an upload the coordinator has. */
    public static final String OFFSET = "Hansa-Offset";
    /** Makes the second of two equal requests for a new run give the first one's answer. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private HeaderNames() {}
}
