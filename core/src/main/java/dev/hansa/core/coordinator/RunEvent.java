package dev.hansa.core.coordinator;

import dev.hansa.core.model.Names;
import java.time.Duration;
import java.util.Objects;
import java.util.SortedSet;

/** What happens in a run: one stream for log, command line and web page. */
public sealed interface RunEvent {

    /**
     * The run waits until enough clients are there, or for what the text tells.
     *
     * @param needed   how many clients; 0 if it is not for clients that the run waits
     * @param waitsFor for people; empty if the other parts say it all
     */
    record Waiting(int needed, SortedSet<String> present, String waitsFor) implements RunEvent {
        public Waiting {
            present = Names.copyOf(present);
            waitsFor = Objects.requireNonNullElse(waitsFor, ""); // events written before there was such a text
        }

        public Waiting(int needed, SortedSet<String> present) {
            this(needed, present, "");
        }
    }

    /** The client's data fit the schema. */
    record ClientDescribed(String client, long trainingRows, long heldOutRows) implements RunEvent {}

    /** The client takes no part in the run. */
    record ClientRefused(String client, String reason) implements RunEvent {}

    /**
     * The client could not do what this round asked.
     *
     * @param postponed whether it has not tried yet, and will later: its owner has not decided, say
     */
    record ClientFailed(int round, String client, String reason, boolean postponed) implements RunEvent {
        public ClientFailed(int round, String client, String reason) {
            this(round, client, reason, false);
        }
    }

    /** The cohort is being asked. */
    record RoundStarted(int round, int attempt, SortedSet<String> cohort) implements RunEvent {
        public RoundStarted {
            cohort = Names.copyOf(cohort);
        }
    }

    /** The client is being asked beside others, whom it does not wait for. */
    record ClientAsked(int round, String client) implements RunEvent {}

    /** The client's answer is in; it is counted when all are. */
    record ClientAnswered(int round, String client, Phase phase, Traffic traffic) implements RunEvent {}

    /** The client had not answered when its round closed: at the deadline, or because enough others had. */
    record ClientSilent(int round, String client, Phase phase) implements RunEvent {}

    /**
     * The client answered after its round had closed without it; told once for each question to it.
     *
     * @param late how long after that
     */
    record ClientLate(int round, String client, Phase phase, Duration late) implements RunEvent {}

    /** The client's update was not counted. */
    record UpdateDiscarded(int round, String client, String reason) implements RunEvent {}

    /** Too few updates came in time; the round is tried again. */
    record RoundAbandoned(int round, int attempt, String reason) implements RunEvent {}

    /** The round is on disk. */
    record RoundCommitted(RoundRecord record) implements RunEvent {}

    /** What was asked after the last round is on disk, as far as it was asked. */
    record Closed(Closing closing) implements RunEvent {}

    /** What the clients measured of a model, when it is known only after the round is on disk: the record is now whole. */
    record RoundEvaluated(RoundRecord record) implements RunEvent {}

    /** The run is over and has its model. */
    record Finished(int rounds, String reason) implements RunEvent {}

    /** An operator has ended the run after so many rounds. */
    record Stopped(int rounds) implements RunEvent {}

    /** The run cannot go on. */
    record Failed(String reason) implements RunEvent {}

    /** What the clients are asked for. */
    enum Phase {
        DESCRIBE, FIT, EVALUATE, PERSONALISE
    }
}
