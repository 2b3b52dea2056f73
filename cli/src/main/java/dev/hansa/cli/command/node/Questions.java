package dev.hansa.cli.command.node;

import dev.hansa.cli.io.Labelled;
import dev.hansa.cli.io.TextTable;
import dev.hansa.cli.io.Times;
import dev.hansa.cli.live.Format;
import dev.hansa.client.policy.Approvals;
import dev.hansa.client.policy.Approvals.Decision;
import dev.hansa.client.policy.Approvals.Question;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs that an owner was asked about, as they are shown. */
final class Questions {
    /** A run that waits for this node alone asks it every few seconds. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private Questions() {}

    /** What that run asks; empty if it does not, or is over for the node. */
    static Optional<Question> of(Approvals approvals, String run) {
        return Files.isDirectory(approvals.folder()) ? approvals.question(run) : Optional.empty();
    }

    /** The first asked first; none where the node was never asked. */
    static List<Question> all(Approvals approvals) {
        return Files.isDirectory(approvals.folder()) ? approvals.questions() : List.of();
    }

    /** Those on which nobody has decided. */
    static List<Question> waiting(Approvals approvals) {
        return all(approvals).stream().filter(one -> approvals.decision(one) == Decision.NONE).toList();
    }

    /**
     * What a run asks for, a line for each thing.
     *
     * @param decision on it so far
     * @param heard    when the node has heard of its coordinator last, if it is known
     */
    static List<String> lines(Question question, Decision decision, Optional<Instant> heard, Instant now,
            int columns) {
        int width = question.about().keySet().stream().mapToInt(String::length).max().orElse(0) + 4;
        List<String> lines = new ArrayList<>();
        lines.add("the run " + Format.printable(question.run()) + (decision == Decision.NONE
                ? " asks this node, and waits since " + Times.of(question.asked()) + " (asked last at "
                        + Times.of(question.latest()) + "):"
                : " has asked this node at " + Times.of(question.asked()) + ", and you have said "
                        + (decision == Decision.APPROVED ? "yes" : "no") + ":"));
        question.about().forEach(
                (about, text) -> lines.add(Labelled.text("  " + about, width, Format.printable(text), columns)));
        if (decision == Decision.NONE && question.latest().isBefore(now.minus(SILENCE))) {
            lines.add("it has not asked for " + Format.seconds(Duration.between(question.latest(), now)) + ": "
                    + silence(question, heard));
        }
        return lines;
    }

    private static String silence(Question question, Optional<Instant> heard) {
        if (heard.isEmpty()) {
            return "the run is over, or under way without this node and asks again in its next round; or its coordinator is"
                    + " away, or this node does not run";
        }
        return heard.get().isAfter(question.latest().plus(SILENCE))
                ? "the node has heard of its coordinator since, last at " + Times.of(heard.get())
                        + ", so the run is over, or under way without this node and asks again in its next round"
                : "nor has the node heard of its coordinator, since " + Times.of(heard.get())
                        + ": it does not run, is at work, or the coordinator is away, and whether the run is over is not known";
    }

    /** All that wait. */
    static List<String> table(List<Question> waiting, String approve) {
        TextTable table = new TextTable("WAITS FOR YOU", "SINCE", "ASKED LAST", "PURPOSE", "DATA");
        waiting.forEach(one -> table.row(Format.printable(one.run()), Times.of(one.asked()), Times.of(one.latest()),
                Format.printable(one.about().getOrDefault("purpose", "–")),
                Format.printable(one.about().getOrDefault("data", "–"))));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(
                "'" + approve + "' shows all that it asks for, and lets you decide; a run that was not asked about for"
                        + " minutes is over, or its coordinator is away");
        return lines;
    }

    /** For machines. */
    static Map<String, Object> object(Question question) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("run", question.run());
        object.put("asked", question.asked().toString());
        object.put("latest", question.latest().toString());
        object.put("about", question.about());
        return object;
    }
}
