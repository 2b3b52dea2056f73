package dev.hansa.cli.report;

import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.mechanism.Drawing;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.protocol.Personalization;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What may be handed on of a run whose promise counts on nobody knowing who was drawn: nothing that tells who took part in
 * which round, nor how many did, nor how long that took. How good the model is on the rows of a node stays, since nodes are asked for that whether
 * they were drawn or not.
 */
final class SecretDraws {
    /** In the place of what it says of the draws, where a page is for those who were not to know. */
    static final String NOTE =
            "The promise counts on nobody knowing who was drawn for which round. So neither this page"
                    + " nor metrics.csv tells it, nor how many they were or how long each round took. Whoever runs the coordinator sees it in the live view"
                    + " and in 'hansa runs show', and has to keep it.";

    private static final String HIDDEN_REASON =
            "for a reason that may tell who was drawn; 'hansa runs show' tells it to whoever runs the coordinator";

    private SecretDraws() {}

    /** Whether the run's promise counts on them. */
    static boolean count(RunSpec spec) {
        return spec.privacy().map(plan -> plan.drawing()).filter(Drawing::isSecret).isPresent();
    }

    /** The run without what tells of them; the same if nothing counts on that. */
    static RunResult hide(RunResult run) {
        if (!count(run.spec())) {
            return run;
        }
        boolean measuredByAll = measuredWhetherDrawnOrNot(run.spec().personalization());
        return new RunResult(run.specText(), run.spec(),
                run.rounds().stream().map(round -> hide(round, measuredByAll)).toList(), outcome(run),
                unnamed(run.refused()), List.of(), List.of(), Collections.emptySortedMap(), run.started(),
                run.duration(), run.setting(), run.comparison(),
                measuredByAll ? run.closing()
                        : new Closing(run.closing().asked(), Collections.emptySortedMap()));
    }

    /** Where a part of the model is a node's own, who was never drawn has none and measures nothing. */
    private static boolean measuredWhetherDrawnOrNot(Personalization personal) {
        return personal.isNone() || personal instanceof Personalization.FineTuning;
    }

    private static RoundRecord hide(RoundRecord round, boolean measuredByAll) {
        SortedMap<String, ClientRound> measured = new TreeMap<>();
        round.clients().forEach((client, part) -> {
            if (measuredByAll && !part.evaluation().equals(Metrics.NONE)) {
                measured.put(client, new ClientRound(Metrics.NONE, part.evaluation(), Traffic.NONE));
            }
        });
        return new RoundRecord(round.round(), round.training(), round.evaluation(), measured, Duration.ZERO,
                Collections.emptySortedMap(), Collections.emptySortedSet(), round.central());
    }

    private static RunEvent outcome(RunResult run) {
        return run.outcome() instanceof RunEvent.Failed failed
                && names(run).stream().anyMatch(failed.reason()::contains)
                        ? new RunEvent.Failed(HIDDEN_REASON)
                        : run.outcome();
    }

    private static Set<String> names(RunResult run) {
        Set<String> names = new TreeSet<>(run.trafficByNode().keySet());
        names.addAll(run.refused().keySet());
        run.rounds().forEach(round -> {
            names.addAll(round.clients().keySet());
            names.addAll(round.asked());
        });
        return names;
    }

    /** Who refuses may do so when it is drawn. */
    private static SortedMap<String, String> unnamed(SortedMap<String, String> refused) {
        SortedMap<String, String> reasons = new TreeMap<>();
        refused.values().stream().sorted()
                .forEach(reason -> reasons.put("a node (" + (reasons.size() + 1) + ")", reason));
        return reasons;
    }
}
