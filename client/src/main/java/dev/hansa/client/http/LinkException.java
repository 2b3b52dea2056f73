package dev.hansa.client.http;

import dev.hansa.core.FederationException;
import dev.hansa.wire.ErrorCode;

/** A link to the coordinator cannot be made or kept, and trying again does not mend it. The message says what may. */
public final class LinkException extends FederationException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code    a word of docs/protocol.md, or {@code wrong-fingerprint}, {@code untrusted},
     *                {@code wrong-answer}, {@code refused}, {@code other-coordinator}, {@code not-joined}
     * @param message what was found, what was expected, what to do
     */
    public LinkException(String code, String message) {
        super(message, false);
        this.code = code;
    }

    LinkException(String code, String message, Throwable cause) {
        super(message, false, cause);
        this.code = code;
    }

    /** The coordinator refuses for good. */
    static LinkException refused(String address, ErrorAnswer answer) {
        String remedy = answer.code().map(LinkException::remedy).orElse("");
        return new LinkException(answer.code().map(ErrorCode::word).orElse("refused"),
                "the coordinator at " + address + " refuses this node: " + answer.text() + remedy, answer);
    }

    /** What answers at the address breaks the protocol. */
    static LinkException notUnderstood(String address, String problem) {
        return new LinkException("wrong-answer", "the answer of the coordinator at " + address
                + " cannot be understood: " + problem + "; are coordinator and node of the same version?");
    }

    /** What to look at: a word of docs/protocol.md, or one of the link's own; may be empty. */
    public String code() {
        return code;
    }

    private static String remedy(ErrorCode code) {
        return switch (code) {
            case WRONG_TOKEN -> "; copy the whole token again, or ask the operator for a new one";
            case USED_TOKEN ->
                    "; a token is good for one node: ask the operator for another, or start this node in the "
                            + "directory in which it joined";
            case EXPIRED_TOKEN -> "; ask the operator for a new token";
            case NAME_TAKEN -> "; join under another name, or ask the operator for a token that gives another";
            case UNKNOWN_NODE -> "; has the coordinator lost its data? Join with a new token and a new directory";
            case REMOVED_NODE -> "; the operator has removed it: to come back it needs a new token and a new directory";
            case WRONG_SIGNATURE ->
                    "; the key in its directory is not the one it joined with: restore the directory, or "
                            + "join with a new token and a new directory";
            default -> "";
        };
    }
}
