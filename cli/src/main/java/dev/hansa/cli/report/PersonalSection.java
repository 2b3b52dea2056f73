package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Headline;
import dev.hansa.core.coordinator.Closing.Personal;
import dev.hansa.core.model.Metrics;
import java.util.List;
import java.util.SortedMap;

/** How good each node's own model is beside the shared one. */
final class PersonalSection {
    /** More are in the run's JSON alone. */
    private static final int MOST_NODES = 50;

    private PersonalSection() {}

    /** Of a run with such models. */
    static Tag of(RunResult result) {
        SortedMap<String, Personal> nodes = result.closing().personal();
        Tag section = Tag.of("section").add(Tag.of("h2", "Models of their own"));
        for (String metric : Headline.metrics(result.spec()).stream().filter(Metrics::judges).toList()) {
            List<Double> gains = nodes.values().stream().map(node -> node.gain(metric))
                    .filter(gain -> gain.isPresent()).map(gain -> gain.getAsDouble()).toList();
            Table table = new Table("Held-out " + Headline.name(metric) + " by node",
                    List.of("node", "shared model", "own model", "gain"));
            nodes.entrySet().stream().limit(MOST_NODES).forEach(node -> table.row(List.of(node.getKey(),
                    Format.number(node.getValue().shared().get(metric)),
                    Format.number(node.getValue().personal().get(metric)),
                    Format.number(node.getValue().gain(metric)))));
            section.add(table.tag());
            if (!gains.isEmpty()) {
                section.add(Tag.of("p", "The own model is better at " + gains.stream().filter(gain -> gain > 0).count()
                        + " of " + Format.count(gains.size(), "node") + ", by "
                        + Format.number(gains.stream().mapToDouble(gain -> gain).average().orElse(0))
                        + " on average over all of them.").style("quiet"));
            }
        }
        return section;
    }
}
