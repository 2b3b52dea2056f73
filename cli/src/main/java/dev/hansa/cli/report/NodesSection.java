package dev.hansa.cli.report;

import dev.hansa.cli.live.FailureText;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Headline;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Metrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Each node's share: rows, updates, last values, bytes; and who took no part. */
final class NodesSection {
    /** More are in metrics.csv alone. */
    private static final int MOST_NODES = 50;

    private static final int MOST_NAMED = 5;
    private static final int MOST_REASONS = 20;

    private NodesSection() {}

    static Tag of(RunResult result) {
        String metric = Headline.metric(result.spec());
        Table table = new Table("Each node's part", List.of("node", "training rows", "updates counted",
                "of them partial", "last training loss", "last held-out " + Headline.name(metric), "sent to it",
                "received from it",
                "saved by compression"));
        result.nodes().stream().limit(MOST_NODES).forEach(node -> table.row(row(result, node, metric)));
        if (result.nodes().size() > 1) {
            Traffic all = result.traffic();
            Metrics training = last(result.rounds().stream().map(RoundRecord::training).toList());
            Metrics evaluation = last(result.rounds().stream().map(RoundRecord::evaluation).toList());
            table.row("total", List.of("together", rowsOfAll(result), "",
                    String.valueOf(partial(result.rounds().stream()
                            .flatMap(round -> round.clients().values().stream()).toList())),
                    Format.number(training.get(Metrics.LOSS)),
                    Format.number(evaluation.get(metric)), Format.bytes(all.sent()), Format.bytes(all.received()),
                    Format.bytes(all.saved())));
        }
        Tag section = Tag.of("section").add(Tag.of("h2", "The nodes"));
        boolean secret = SecretDraws.count(result.spec());
        if (secret) {
            section.add(Tag.of("p", SecretDraws.NOTE));
        } else if (!result.nodes().isEmpty()) {
            section.add(table.tag());
        }
        if (!secret && result.nodes().size() > MOST_NODES) {
            section.add(Tag.of("p", "And " + Format.count(result.nodes().size() - MOST_NODES, "more node")
                    + ": see metrics.csv.").style("quiet"));
        }
        result.failed().forEach(failure -> section.add(Tag.of("p").style("note bad")
                .add(Tag.of("strong", FailureText.who(failure)))
                .text((failure.postponed() ? " put off an answer " : " gave no answer that could be used ")
                        + FailureText.when(failure) + ": " + failure.reason())));
        result.late().stream()
                .collect(Collectors.groupingBy(RunEvent.ClientLate::client, TreeMap::new, Collectors.toList()))
                .forEach((node, late) -> section.add(Tag.of("p").style("note bad").add(Tag.of("strong", node))
                        .text(" answered too late " + Format.count(late.size(), "time") + ": " + late.stream()
                                .map(answer -> Format.late(answer.late()) + " after round " + answer.round())
                                .limit(MOST_NAMED).collect(Collectors.joining(", "))
                                + (late.size() > MOST_NAMED ? ", …" : "") + ".")));
        discarded(result).forEach((node, reasons) -> section.add(Tag.of("p").style("note bad")
                .add(Tag.of("strong", node)).text(" sent " + Format.count(reasons.size(), "update")
                        + " that could not be counted: " + reasons.stream().limit(MOST_NAMED)
                                .collect(Collectors.joining("; "))
                        + (reasons.size() > MOST_NAMED ? "; …" : "."))));
        refused(result, section);
        return section;
    }

    /** By what they did and why, those of most nodes first. */
    private static void refused(RunResult result, Tag section) {
        Map<String, List<String>> byReason = result.refused().entrySet().stream().collect(Collectors.groupingBy(
                refusal -> part(result, refusal.getKey()) + ": " + refusal.getValue(), TreeMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        byReason.entrySet().stream()
                .sorted(Comparator.comparingInt(group -> -group.getValue().size())).limit(MOST_REASONS)
                .forEach(group -> section.add(Tag.of("p").style("note bad")
                        .add(Tag.of("strong", names(group.getValue()))).text(group.getKey())));
        if (byReason.size() > MOST_REASONS) {
            section.add(Tag.of("p", "Others refused for " + Format.count(byReason.size() - MOST_REASONS,
                    "more reason") + ".").style("note bad"));
        }
    }

    /** Which part a node had that refuses: a budget may have been used up after some rounds. */
    private static String part(RunResult result, String node) {
        if (SecretDraws.count(result.spec())) {
            return " refused";
        }
        int done = result.rounds().isEmpty() ? 0 : result.rounds().getLast().round();
        return result.rounds().reversed().stream().filter(round -> didSomething(round.clients().get(node))).findFirst()
                .map(last -> last.round() < done ? " took no part from round " + (last.round() + 1) + " on"
                        : " took no part after round " + done)
                .orElse(" took no part");
    }

    /** Whether something that the node sent was used; it may have been asked and not have answered. */
    private static boolean didSomething(@Nullable ClientRound part) {
        return part != null && (part.isCounted() || !part.evaluation().equals(Metrics.NONE));
    }

    private static String names(List<String> nodes) {
        return String.join(", ", nodes.subList(0, Math.min(MOST_NAMED, nodes.size())))
                + (nodes.size() > MOST_NAMED ? " and " + (nodes.size() - MOST_NAMED) + " more" : "");
    }

    private static List<String> row(RunResult result, String node, String metric) {
        List<ClientRound> parts = parts(result, node);
        List<Metrics> training = parts.stream().map(ClientRound::training).toList();
        long counted = parts.stream().filter(ClientRound::isCounted).count();
        Traffic traffic = result.trafficByNode().getOrDefault(node, Traffic.NONE);
        List<String> cells = new ArrayList<>(List.of(node, rows(parts), String.valueOf(counted)));
        cells.add(String.valueOf(partial(parts)));
        cells.add(Format.number(last(training).get(Metrics.LOSS)));
        cells.add(Format.number(last(parts.stream().map(ClientRound::evaluation).toList()).get(metric)));
        cells.add(Format.bytes(traffic.sent()));
        cells.add(Format.bytes(traffic.received()));
        cells.add(Format.bytes(traffic.saved()));
        return cells;
    }

    /** By node, the reasons and their rounds. */
    private static SortedMap<String, List<String>> discarded(RunResult result) {
        SortedMap<String, List<String>> reasons = new TreeMap<>();
        result.rounds().forEach(round -> round.discarded().forEach((node, reason) -> reasons
                .computeIfAbsent(node, _ -> new ArrayList<>()).add(reason + " (round " + round.round() + ")")));
        return reasons;
    }

    private static long partial(List<ClientRound> parts) {
        return parts.stream().filter(part -> part.partial().isPresent()).count();
    }

    private static String rows(List<ClientRound> parts) {
        return known(parts).map(Rows::text).orElse("–");
    }

    private static String rowsOfAll(RunResult result) {
        List<Optional<Rows>> all = result.nodes().stream().map(node -> known(parts(result, node))).toList();
        if (all.stream().allMatch(Optional::isEmpty)) {
            return "–"; // in a private run nobody tells
        }
        return new Rows(all.stream().flatMap(Optional::stream).mapToLong(Rows::number).sum(),
                all.stream().allMatch(rows -> rows.isPresent() && rows.get().whole())).text();
    }

    /** Who ran out of time tells the rows that it got to in its last pass: fewer than it has, perhaps. */
    private record Rows(long number, boolean whole) {
        String text() {
            return (whole ? "" : "at least ") + number;
        }
    }

    private static Optional<Rows> known(List<ClientRound> parts) {
        return parts.stream().flatMap(part -> part.training().get(Metrics.EXAMPLES).stream()
                .mapToObj(rows -> new Rows((long) rows, part.partial().isEmpty())))
                .max(Comparator.comparing(Rows::whole).thenComparingLong(Rows::number));
    }

    private static List<ClientRound> parts(RunResult result, String node) {
        return result.rounds().stream().map(round -> round.clients().get(node)).filter(Objects::nonNull).toList();
    }

    private static Metrics last(List<Metrics> metrics) {
        return metrics.reversed().stream().filter(found -> !found.equals(Metrics.NONE)).findFirst()
                .orElse(Metrics.NONE);
    }
}
