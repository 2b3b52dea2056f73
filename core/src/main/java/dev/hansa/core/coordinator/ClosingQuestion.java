package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import java.util.SortedSet;

/** What is asked once of all who are there, when the last round is over and the run is not. */
interface ClosingQuestion {

    /** Its own. */
    Phase phase();

    /**
     * Asks it. Who does not answer is simply not in what comes of it.
     *
     * @param last after the last round, with what was answered to the questions before
     * @return with the answers
     */
    Closing ask(Checkpoint last, SortedSet<String> clients, Asker asker) throws InterruptedException;
}
