package dev.hansa.cli.report;

import dev.hansa.cli.promise.Promise;
import dev.hansa.core.coordinator.RunSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was protected and what was not, in plain words, for those whose data it is. */
final class ProtectionSection {

    private ProtectionSection() {}

    static Tag of(RunResult result) {
        RunSpec spec = result.spec();
        Optional<Promise> promise = Promise.of(spec);
        int minimum = spec.neededUpdates();
        Tag kept = Tag.of("ul").style("protected good");
        kept.add(point("Rows stayed where they are.", "No row was sent, and no statistic of fewer than "
                + (spec.evaluation().detail().isNone() ? "five rows."
                        : "five rows but for counts by class or probability.")),
                point("Nobody else could listen or join.", "Everything went over TLS; nodes trusted this coordinator's "
                        + "certificate alone and signed each request with keys of their own."));
        described(spec, promise).ifPresent(kept::add);
        kept.add(
                promise.map(ProtectionSection::clipped).orElseGet(() -> point(
                        "Each round sent an update and a few sums.",
                        "An update is the change of the model's numbers after "
                                + "training on a node's rows, all of them unless its time was over before; with it went the number of rows, the loss and the errors, "
                                + "summed over rows.")));
        Tag open = Tag.of("ul").style("protected bad");
        if (promise.isEmpty() || promise.get().notFrom().isPresent()) {
            open.add(point("The coordinator could see each node's update.",
                    "There was no secure aggregation. Whoever runs "
                            + "the coordinator, or breaks into it, can draw conclusions about a node's rows from its updates, "
                            + "above all under a run file made for that. Owners join only coordinators whose runs they trust."));
        }
        if (promise.isEmpty()) {
            open.add(point("There was no differential privacy.",
                    "The finished model may remember rows that stand out; whoever "
                            + "has the model can ask whether somebody was among the training data."),
                    point("Several runs together tell more than one.",
                            "Whoever starts many runs can compare their sums and updates with and without a row."));
        } else {
            open.add(point("Some was told without noise:", String.join("; ", promise.get().unprotected()) + "."),
                    point("Several runs together tell more than one.",
                            "Epsilon and delta are of this run alone; those of all runs on the same data add up."));
        }
        if (!spec.evaluation().detail().isNone()) {
            open.add(point("Held-out rows were counted by class or probability.",
                    "The run file asks for " + String.join(", ", spec.evaluation().metrics())
                            + ". A node with five rows or more for each number told them; a single row may have been alone in"
                            + " its bin, and its class and its score to within a bin are known then."));
        }
        List<String> shown = result.closing().crossSite().entrySet().stream().filter(row -> !row.getValue().isEmpty())
                .map(Map.Entry::getKey).toList();
        if (!shown.isEmpty()) {
            open.add(point("Models of single nodes were shown to the others.",
                    "The run file asks for evaluation.crossSite, and the owners of " + String.join(", ", shown)
                            + " agreed (join --show-models): every node could look at a model that had learned from one"
                            + " node's rows alone."));
        }
        Optional<String> countsAny = promise.flatMap(Promise::countsAny);
        if (countsAny.isPresent()) {
            open.add(point(minimum < 2 ? "A round could be made of one update."
                    : "A round could be made of " + minimum + " updates.", countsAny.get()));
        } else if (minimum < 2) {
            open.add(point("A round could be made of one update.",
                    "The run file allows it: cohort.minimumReports is " + minimum + "."));
        } else {
            kept.add(point("Never fewer than " + minimum + " updates were combined.",
                    "With fewer a round is given up and tried again."));
        }
        Tag section = Tag.of("section").add(Tag.of("h2", "What was protected, and what not"));
        if (result.setting().simulated()) {
            section.add(Tag.of("p", "This was a simulation: all nodes lived in one process and nothing was sent to "
                    + "anybody. What follows holds for the same run over a network.").style("note"));
        }
        return section.add(Tag.of("div").style("columns").add(
                Tag.of("div").add(Tag.of("h3", "Protected"), kept),
                Tag.of("div").add(Tag.of("h3", "Not protected"), open)));
    }

    /** What nodes told of their data before the first round; empty if no noise hid it, though noise hid the rest. */
    private static Optional<Tag> described(RunSpec spec, Optional<Promise> promise) {
        boolean sums = spec.data().standardise();
        if (promise.isEmpty()) {
            return Optional.of(point("Data were described by " + (sums ? "sums" : "their number") + " alone.",
                    "Before the first round each node told how many rows it has" + (sums
                            ? " and, for each number column, the sum and the sum of squares over its training rows."
                            : ".")));
        }
        return sums
                ? promise.get().statistics()
                        .map(told -> point("Sums over columns were hidden by noise.", told.inWords()))
                : Optional.of(point("Columns were not described.", "No node was asked for sums over them."));
    }

    private static Tag clipped(Promise promise) {
        Optional<String> beside = promise.besideUpdate();
        return point("Training sent protected updates and " + (beside.isPresent() ? "little else." : "nothing else."),
                "An update is the change of the model's numbers after training on a node's rows. " + promise.how()
                        + beside.map(what -> " With it went " + what + "; no loss and no sum.")
                                .orElse(" No number of rows, no loss and no sum went with it."));
    }

    private static Tag point(String what, String how) {
        return Tag.of("li").add(Tag.of("strong", what)).text(" " + how);
    }
}
