package dev.hansa.cli.live;

import dev.hansa.core.coordinator.Failures;
import dev.hansa.core.coordinator.RunEvent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What goes wrong in many runs: each kind of thing is told when it comes first, and at the end how often it came. Safe for
 * several threads.
 */
public final class Troubles {
    private final Map<String, Trouble> kinds = new LinkedHashMap<>();

    private static final class Trouble {
        private final String first;
        private final Set<String> runs = new LinkedHashSet<>();
        private int times;

        Trouble(String first) {
            this.first = first;
        }
    }

    /**
     * What to say of the event in a run of that name: nothing if it is no trouble, or one of a kind that has been told.
     */
    synchronized Optional<String> tell(String run, RunEvent event) {
        return switch (event) {
            case RunEvent.ClientFailed failed -> told(run, event, failed.reason());
            case RunEvent.RoundAbandoned abandoned -> told(run, event, abandoned.reason());
            default -> Optional.empty();
        };
    }

    private Optional<String> told(String run, RunEvent event, String reason) {
        String text = Notice.of(event).orElse(reason);
        String kind = event.getClass().getSimpleName() + Failures.kind(reason);
        boolean known = kinds.containsKey(kind);
        Trouble trouble = kinds.computeIfAbsent(kind, _ -> new Trouble(text));
        trouble.times++;
        trouble.runs.add(run);
        return known ? Optional.empty() : Optional.of(text);
    }

    /** How often there was what has been told, if it was more than once: a line for each kind. */
    public synchronized List<String> counts() {
        return kinds.values().stream().filter(trouble -> trouble.times > 1)
                .map(trouble -> trouble.times + " times in " + Format.count(trouble.runs.size(), "run")
                        + " the like of: " + trouble.first)
                .toList();
    }
}
