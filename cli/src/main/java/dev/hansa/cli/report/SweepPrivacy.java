package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is promised in the settings of a sweep beside their epsilons, and of whom the noise left hardly anything. */
public final class SweepPrivacy {
    private static final int MOST_NAMES = 5;

    private SweepPrivacy() {}

    /** What belongs to the epsilons of the table, a line for each kind of promise; none if nothing is promised. */
    public static List<String> terms(Sweep sweep) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        sweep.ranked().forEach(cell -> cell.runs().stream().flatMap(run -> run.promise().stream()).distinct()
                .forEach(terms -> names.computeIfAbsent(terms, _ -> new ArrayList<>()).add(cell.name())));
        boolean all = names.size() == 1 && names.values().iterator().next().size() == sweep.cells().size();
        return names.entrySet().stream().map(kind -> "privacy" + (all ? "" : " of " + some(kind.getValue()))
                + ": epsilon as in the table, with " + kind.getKey()).toList();
    }

    /** Settings in which some run promises nothing. */
    public static List<String> open(Sweep sweep) {
        return sweep.ranked().stream().filter(cell -> cell.runs().stream().anyMatch(run -> run.promise().isEmpty()))
                .map(SweptCell::name).toList();
    }

    /** Of private runs whose model has learnt next to nothing, a line for each of a few settings. */
    public static List<String> littleLearned(Sweep sweep) {
        List<String> lines = new ArrayList<>();
        sweep.ranked().forEach(cell -> {
            List<SweptRun> little = cell.runs().stream().filter(run -> run.littleLearned().isPresent()).toList();
            if (!little.isEmpty()) {
                lines.add((cell.name().isEmpty() ? "" : cell.name() + ": ")
                        + (cell.runs().size() > 1 ? "in " + little.size() + " of " + cell.runs().size() + " runs " : "")
                        + "the model has "
                        + little.getFirst().littleLearned().orElseThrow().replace(" " + LittleLearned.ADVICE, ""));
            }
        });
        int more = lines.size() - MOST_NAMES;
        if (more > 0) {
            lines.subList(MOST_NAMES, lines.size()).clear();
            lines.add("and so it is with " + Format.count(more, "more setting") + ".");
        }
        if (!lines.isEmpty()) {
            lines.set(lines.size() - 1, lines.getLast() + " " + LittleLearned.ADVICE);
        }
        return lines;
    }

    /** The first of them by name. */
    public static String some(List<String> names) {
        return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "");
    }
}
