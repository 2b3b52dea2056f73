package dev.hansa.server.fleet;

import dev.hansa.server.store.NodeRow;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Too few nodes are there that serve a data set.
 *
 * @param wanted  how many
 * @param serving who is there and serves it
 * @param others  who is there and does not
 */
public record Shortage(int wanted, String dataSet, SortedSet<String> serving, List<NodeRow> others) {

    /** For people: what is waited for, and who is there instead. */
    public String text() {
        String name = "'" + dataSet + "'";
        String text = count(wanted, "node") + " with the data set " + name + "; ";
        if (others.isEmpty()) {
            return text + (serving.isEmpty() ? "no node is here" : "here: " + String.join(", ", serving));
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
