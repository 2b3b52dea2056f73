package dev.hansa.server.fleet;

import dev.hansa.server.store.NodeRow;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Too few nodes are there that serve a data set.
 *
 * @param wanted  how many
 * @param serving who is there, serves it, and can be asked
 * @param leftOut who is there and serves it, and has refused, or rests
 * @param others  who is there and does not
 */
public record Shortage(int wanted, String dataSet, SortedSet<String> serving, SortedSet<String> leftOut,
        List<NodeRow> others) {
    private static final int MOST_NAMES = 20;

    /** For people: what is waited for, and who is there instead. */
    public String text() {
        return leftOut.isEmpty() ? without()
                : without() + "; not asked: " + names(leftOut)
                        + " (refused, or at rest between rounds)";
    }

    private String without() {
        String name = "'" + dataSet + "'";
        String text = count(wanted, "node") + " with the data set " + name + "; ";
        if (others.isEmpty()) {
            return text + (serving.isEmpty() ? leftOut.isEmpty() ? "no node is here" : "no other is here"
                    : "here: " + names(serving));
        }
        String instead = others.stream().flatMap(node -> node.dataSets().stream()).distinct().sorted()
                .map(set -> "'" + set + "'").collect(Collectors.joining(", "));
        String serve = instead.isEmpty() ? "nothing" : instead;
        return text + (serving.isEmpty()
                ? count(others.size(), "node") + " here, none serves " + name + " (they serve " + serve + ")"
                : "here: " + names(serving) + ", and " + count(others.size(), "node") + " with "
                        + serve + " alone");
    }

    private static String names(SortedSet<String> nodes) {
        return nodes.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (nodes.size() > MOST_NAMES ? " and " + (nodes.size() - MOST_NAMES) + " more" : "");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
