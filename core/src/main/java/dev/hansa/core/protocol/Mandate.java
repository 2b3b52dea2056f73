package dev.hansa.core.protocol;

import java.util.Optional;

/** What a file that its author has signed entitles a coordinator to ask: tasks are held against it. Safe for several threads. */
public interface Mandate {

    /**
     * Why the task is none of those that the file asks for, or the run is not as it says of itself; empty if both are.
     *
     * <p>Parameters are not looked at, nor how far a seed, a time or a scale of columns is what it should be: they come of
     * rounds, and of other clients.
     *
     * @param task  with or without its parameters
     * @param terms that came with it; empty if none did
     */
    Optional<String> objection(Task task, Optional<Terms> terms);
}
