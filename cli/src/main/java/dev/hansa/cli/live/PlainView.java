package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Metrics;
import java.util.Map;
import java.util.OptionalDouble;

/** One line for each round and for each thing out of the ordinary: for files, pipes and logs. */
final class PlainView implements RunView {
    private final Terminal terminal;
    private final RunSpec spec;
    private final Notices notices = new Notices();
    private final Attendance attendance = new Attendance();

    PlainView(Terminal terminal, RunSpec spec) {
        this.terminal = terminal;
        this.spec = spec;
    }

    @Override
    public synchronized void accept(RunEvent event) {
        if (isOfTheRun(event)) {
            attendance.others().ifPresent(this::say);
        }
        notices.after(event).forEach(this::say);
        switch (event) {
            case RunEvent.Waiting waiting -> say(Notice.waiting(waiting));
            case RunEvent.ClientDescribed described -> attendance.add(described).ifPresent(this::say);
            case RunEvent.RoundCommitted committed -> say(round(committed.record()));
            case RunEvent.RoundEvaluated evaluated -> say("round " + evaluated.record().round() + " is measured:"
                    + measured(evaluated.record()) + bytes(evaluated.record()));
            case RunEvent.Finished finished -> say("finished: " + finished.reason());
            case RunEvent.Stopped stopped -> say(
                    "stopped by an operator after " + Format.count(stopped.rounds(), "round"));
            case RunEvent.Failed failed -> say("failed: " + failed.reason());
            default -> {
            }
        }
    }

    /** Rather than of one client among others that answer at the same time. */
    private static boolean isOfTheRun(RunEvent event) {
        return event instanceof RunEvent.Waiting || event instanceof RunEvent.RoundStarted
                || event instanceof RunEvent.RoundCommitted || event instanceof RunEvent.Finished
                || event instanceof RunEvent.Stopped || event instanceof RunEvent.Failed;
    }

    private String round(RoundRecord round) {
        StringBuilder line = new StringBuilder("round ").append(round.round()).append('/').append(spec.lastRound());
        round.training().get(Metrics.LOSS).ifPresent(loss -> line.append("  loss ").append(Format.number(loss)));
        line.append(measured(round));
        round.central().get(Headline.metric(spec)).ifPresent(
                value -> line.append("  central ").append(Format.number(value)));
        line.append("  ").append(Format.count(round.updates(), "update")).append(Format.partialAndDiscarded(round));
        for (Map.Entry<String, RoundRecord.ClientRound> client : round.clients().entrySet()) {
            if (round.clients().size() <= 4) {
                line.append("  ").append(client.getKey()).append(' ')
                        .append(Format.number(client.getValue().training().get(Metrics.LOSS)));
            }
        }
        return line.append(bytes(round)).append("  ").append(Format.seconds(round.duration())).toString();
    }

    /** All that the round has moved so far: once it is measured, what that took too. */
    private static String bytes(RoundRecord round) {
        Traffic traffic = round.traffic();
        return traffic.equals(Traffic.NONE) ? "" : "  " + Format.bytes(traffic);
    }

    private String measured(RoundRecord round) {
        String metric = Headline.metric(spec);
        OptionalDouble value = round.evaluation().get(metric);
        return value.isPresent()
                ? "  held-out " + Headline.name(metric) + ' ' + Format.number(value.getAsDouble())
                : "";
    }

    @Override
    public void say(String line) {
        terminal.print(Format.printable(line) + "\n");
    }

    @Override
    public void close() {
        // each line was written at once
    }
}
