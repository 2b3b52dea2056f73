package dev.hansa.server.fleet;

import dev.hansa.core.model.Layout;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.Optional;

/**
 * What answers a task, without the model that it is about: that may be large, and old.
 *
 * @param answer of that kind, unless the node refuses or fails
 * @param update what an update in it looks like; empty if there is none
 */
record Wanted(Class<? extends Report> answer, Optional<Update> update) {

    static Wanted by(Task task) {
        return switch (task) {
            case Task.Describe describe -> new Wanted(Report.Described.class, Optional.empty());
            case Task.Statistics statistics -> new Wanted(Report.Summed.class, Optional.empty());
            case Task.Fit fit -> new Wanted(Report.Fitted.class,
                    Optional.of(new Update(fit.compression(), fit.updateLayout())));
            case Task.Evaluate evaluate -> new Wanted(Report.Evaluated.class, Optional.empty());
            case Task.Personalise personalise -> new Wanted(Report.Personalised.class, Optional.empty());
        };
    }

    boolean isAnsweredBy(Report report) {
        return answer.isInstance(report) || report instanceof Report.Refused || report instanceof Report.Failed;
    }

    /** The form of an update. */
    record Update(Compression compression, Layout layout) {}
}
