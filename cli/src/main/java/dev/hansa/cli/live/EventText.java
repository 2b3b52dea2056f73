package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.model.Metrics;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Any event of a run, in one line. */
public final class EventText {
    private static final int MOST_NAMES = 20;

    private EventText() {}

    /** What happened. */
    public static String of(RunEvent event) {
        return switch (event) {
            case RunEvent.Waiting waiting -> Notice.waiting(waiting);
            case RunEvent.ClientDescribed described -> Attendance.line(described);
            case RunEvent.ClientRefused refused -> refused.client() + " takes no part: " + refused.reason();
            case RunEvent.RoundStarted started -> Notice.place(started.round()) + "asks " + names(started.cohort())
                    + (started.attempt() > 1 ? ", attempt " + started.attempt() : "");
            case RunEvent.ClientAsked asked -> Notice.place(asked.round()) + "asks " + asked.client();
            case RunEvent.ClientAnswered answer -> Notice.place(answer.round()) + answer.client() + " answered ("
                    + Format.answer(answer.phase()) + "), " + Format.bytes(answer.traffic());
            case RunEvent.RoundCommitted committed -> "round " + committed.record().round() + " is done: "
                    + Format.count(committed.record().updates(), "update")
                    + Format.partialAndDiscarded(committed.record()) + measured(committed.record());
            case RunEvent.RoundEvaluated evaluated ->
                    "round " + evaluated.record().round() + " is measured" + measured(evaluated.record());
            case RunEvent.Closed closed -> closed.closing().asked().isEmpty() ? "nothing is asked after the last round"
                    : "after the last round: " + closed.closing().asked().stream().map(Format::answer).sorted()
                            .collect(Collectors.joining(", "));
            case RunEvent.Finished finished -> "finished: " + finished.reason();
            case RunEvent.Stopped stopped ->
                    "stopped by an operator after " + Format.count(stopped.rounds(), "round");
            case RunEvent.Failed failed -> "failed: " + failed.reason();
            case RunEvent.ClientFailed _, RunEvent.ClientSilent _, RunEvent.ClientLate _, RunEvent.UpdateDiscarded _, RunEvent.RoundAbandoned _ ->
                    Notice.of(event).orElseThrow();
        };
    }

    private static String names(Set<String> clients) {
        List<String> first = clients.stream().limit(MOST_NAMES).toList();
        return first.isEmpty() ? "nobody"
                : String.join(", ", first)
                        + (clients.size() > MOST_NAMES ? " and " + (clients.size() - MOST_NAMES) + " more" : "");
    }

    private static String measured(RoundRecord round) {
        return metrics("training", round.training()) + metrics("held-out", round.evaluation())
                + metrics("central", round.central());
    }

    private static String metrics(String of, Metrics metrics) {
        String text = metrics.values().entrySet().stream().filter(metric -> Metrics.judges(metric.getKey()))
                .map(metric -> Headline.name(metric.getKey()) + " " + Format.number(metric.getValue()))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "" : "; " + of + " " + text;
    }
}
