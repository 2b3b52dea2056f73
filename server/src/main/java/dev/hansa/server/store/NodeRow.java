package dev.hansa.server.store;

import java.time.Instant;
import java.util.List;

/**
 * A node that has joined.
 *
 * @param publicKey Ed25519, X.509 SubjectPublicKeyInfo, DER, as base64
 * @param version   of the node's program
 * @param dataSets  that it serves
 * @param lastSeen  to ten minutes
 * @param removed   whether an operator has removed it
 */
public record NodeRow(String name, String publicKey, String version, List<String> dataSets, Instant joined,
        Instant lastSeen, boolean removed) {

    /** As it was seen now. */
    public NodeRow seen(Instant now) {
        return new NodeRow(name, publicKey, version, dataSets, joined, now, removed);
    }

    /** As it tells that it is now. */
    public NodeRow hello(String newVersion, List<String> newDataSets, Instant now) {
        return new NodeRow(name, publicKey, newVersion, List.copyOf(newDataSets), joined, now, removed);
    }

    /** Not to come back. */
    public NodeRow remove() {
        return new NodeRow(name, publicKey, version, dataSets, joined, lastSeen, true);
    }
}
