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

    /** For people: what is waited for, and who is there instead. */
    public String text() {
        return leftOut.isEmpty() ? without()
                : without() + "; not asked: " + String.join(", ", leftOut)
                        + " (refused, or at rest between rounds; the run's events tell)";
    }

    private String without() {
        String name = "'" + dataSet + "'";
        String text = count(wanted, "node") + " with the data set " + name + "; ";
        if (others.isEmpty()) {
            return text + (serving.isEmpty() ? leftOut.isEmpty() ? "no node is here" : "no other is here"
                    : "here: " + String.join(", ", serving));
        }
        String instead = others.stream().flatMap(node -> node.dataSets().stream()).distinct().sorted()
                .map(set -> "'" + set + "'").collect(Collectors.joining(", "));
        String serve = instead.isEmpty() ? "nothing" : instead;
        return text + (serving.isEmpty()
                ? count(others.size(), "node") + " here, none serves " + name + " (they serve " + serve + ")"
                : "here: " + String.join(", ", serving) + ", and " + count(others.size(), "node") + " with "
                        + serve + " alone");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
