package dev.hansa.wire;

import java.util.Locale;
import java.util.Optional;

/** The words by which programs tell errors apart, each with its HTTP status. */
public enum ErrorCode {
    /** The request has not the expected form. */
    BAD_REQUEST(400),
    /** No token that this coordinator gave. */
    WRONG_TOKEN(401),
    /** A join token that another node has used. */
    USED_TOKEN(401),
    /** A token of the past. */
    EXPIRED_TOKEN(401),
    /** No node of that name has joined with the key that signed. */
    UNKNOWN_NODE(401),
    /** The signature is none, or not one by the key that wants to join. */
    WRONG_SIGNATURE(401),
    /** The node's clock is too far from the coordinator's. */
    CLOCK_SKEW(401),
    /** The person's role does not reach so far. */
    NOT_ALLOWED(403),
    /** It belongs to another node. */
    NOT_YOURS(403),
    /** The operator has removed the node. */
    REMOVED_NODE(403),
    /** There is no such thing. */
    NOT_FOUND(404),
    /** The path takes other methods. */
    WRONG_METHOD(405),
    /** The body was not there in time. */
    TOO_SLOW(408),
    /** Another node is called so. */
    NAME_TAKEN(409),
    /** The idempotency key came before, with another content. */
    USED_KEY(409),
    /** The upload must go on where the coordinator says. */
    WRONG_OFFSET(409),
    /** What was uploaded is not what its name says. */
    WRONG_HASH(409),
    /** The node told another record of its ledger by that number before: two copies of it run. */
    LEDGER_FORKED(409),
    /** The task's round is over: drop the work. */
    CLOSED(410),
    /** More than {@link Limits} allow. */
    TOO_LARGE(413),
    /** The file has no such part. */
    WRONG_RANGE(416),
    /** The run's file has problems. */
    INVALID_SPEC(422),
    /** The update does not fit the model. */
    UNUSABLE(422),
    /** The coordinator failed; its log tells why. */
    INTERNAL(500),
    /** The coordinator is short of something: come back when the answer says. */
    BUSY(503);

    private final int status;
    private final String word;

    ErrorCode(int status) {
        this.status = status;
        this.word = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** As it is sent. */
    public String word() {
        return word;
    }

    /** The code of an answer, if this version knows it. */
    public static Optional<ErrorCode> of(int status, String word) {
        for (ErrorCode code : values()) {
            if (code.status == status && code.word.equals(word)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
