package dev.hansa.server.api;

import java.util.Locale;

/** What a person is to a coordinator; each may do what those before may, and more. */
public enum Role {
    /** Sees runs, nodes and surveys. */
    VIEWER,
    /** Starts and stops runs and surveys, and takes models away. */
    SCIENTIST,
    /** Lets nodes in and sends them away, and reads the audit log. */
    OPERATOR,
    /** Gives and revokes the rights of others. */
    ADMIN;

    /** As people and programs write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
