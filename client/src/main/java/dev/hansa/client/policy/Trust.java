package dev.hansa.client.policy;

/** Whose promises count for an owner; what the node does itself counts in any case. */
public enum Trust {
    /** Nobody's. */
    NOBODY,
    /** The coordinator's: that it adds noise, and keeps to itself what it sees without. */
    COORDINATOR,
    /** And those of the other nodes, that each adds its share of noise; the coordinator adds up before it looks. */
    EVERYBODY;

    boolean inCoordinator() {
        return this != NOBODY;
    }
}
