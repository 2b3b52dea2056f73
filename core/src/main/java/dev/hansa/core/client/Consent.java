package dev.hansa.core.client;

import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.Optional;

/** What the owner of the data lets be asked of them. */
@FunctionalInterface
public interface Consent {
    /** Every task may be done. */
    Consent TO_ALL = task -> Optional.empty();

    /** Why the task is not to be done, for people; empty if it may be. */
    Optional<String> objection(Task task);

    /** What is answered in the place of doing the task; empty if it may be done. */
    default Optional<Report> instead(Task task) {
        return objection(task).map(reason -> task instanceof Task.Fit fit && fit.shown()
                ? new Report.Failed(reason) // of this question alone: it goes on taking part in the run
                : new Report.Refused(reason));
    }

    /**
     * As much of the detail as may be told of so many rows.
     *
     * @param classes of the label
     */
    default Detail told(Detail asked, int classes, int rows) {
        return asked;
    }
}
