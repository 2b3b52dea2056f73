package dev.hansa.core.coordinator;

/** What is asked once of all who are there, when the last round is over and the run is not. */
interface ClosingQuestion {

    /** Whether it was asked, and what came of it is committed. */
    boolean isOver(Closing closing);

    /**
     * Asks it. Who does not answer is simply not in what comes of it.
     *
     * @param last after the last round, with what was answered to the questions before
     * @return with the answers, after which it is over
     */
    Closing ask(Checkpoint last, Asker asker) throws InterruptedException;
}
