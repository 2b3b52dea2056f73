package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Headline;
import dev.hansa.cli.promise.Amount;
import dev.hansa.cli.promise.Promise;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.data.Column;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Cell;
import dev.hansa.core.model.ModelSpec.Normalization;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What ran, what for, how it ended, and the few numbers one asks for first. */
final class HeadSection {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private HeadSection() {}

    static Tag of(RunResult result) {
        Tag section = Tag.of("header").add(Tag.of("p", "Hansa · report of a federated run").style("kicker"),
                Tag.of("h1", result.spec().name()));
        if (!result.spec().purpose().isBlank()) {
            section.add(Tag.of("p", result.spec().purpose()).style("purpose"));
        }
        section.add(Tag.of("p", result.ending() + ": " + result.reason())
                .style(result.finished() ? "outcome good" : "outcome bad"));
        if (result.spec().privacy().isEmpty()) {
            section.text(" ").add(Tag.of("p", Promise.NONE).style("outcome bad"));
        }
        LittleLearned.of(result).ifPresent(little -> section.add(Tag.of("p", "The model has " + little)
                .style("note bad")));
        Tag numbers = Tag.of("dl").style("numbers");
        facts(result).forEach(fact -> numbers.add(Tag.of("div").add(Tag.of("dt", fact.name()),
                Tag.of("dd", fact.value())
                        .add(fact.unit().isEmpty() ? List.of() : List.of(Tag.of("small", fact.unit()))))));
        return section.add(numbers, Tag.of("p", sentence(result)).style("quiet"));
    }

    private static List<Fact> facts(RunResult result) {
        List<Fact> facts = new ArrayList<>();
        if (!result.rounds().isEmpty()) {
            Metrics last = last(result, RoundRecord::evaluation);
            String unit = result.spec().data().schema().label().unit();
            Metrics central = last(result, RoundRecord::central);
            for (String metric : Headline.metrics(result.spec())) {
                central.get(metric).ifPresent(value -> facts.add(new Fact("central " + Headline.name(metric),
                        Format.number(value), metric.equals(Metrics.RMSE) ? unit : "")));
            }
            for (String metric : Headline.metrics(result.spec())) {
                last.get(metric).ifPresent(value -> facts.add(new Fact("held-out " + Headline.name(metric),
                        Format.number(value), metric.equals(Metrics.RMSE) ? unit : "")));
            }
        }
        result.best().ifPresent(best -> facts.add(new Fact("best round", String.valueOf(best.round()),
                Headline.name(best.metric()) + " " + Format.number(best.value()))));
        Promise.of(result.spec()).ifPresent(promise -> facts.add(new Fact("epsilon, at most",
                Amount.epsilon(promise.plan().epsilon(result.rounds().size())),
                "with delta " + Amount.written(promise.delta()))));
        facts.add(new Fact("rounds", result.rounds().size() + " of " + result.spec().lastRound(), ""));
        facts.add(SecretDraws.count(result.spec())
                ? new Fact("nodes", String.valueOf(result.spec().cohort().nodes()),
                        "of which some are drawn for a round")
                : new Fact("nodes", String.valueOf(result.nodes().size()), ""));
        long bytes = result.traffic().sent() + result.traffic().received();
        if (bytes > 0) {
            facts.add(new Fact("bytes moved", Format.bytes(bytes), ""));
        }
        long saved = result.traffic().saved();
        if (saved > 0) {
            facts.add(new Fact("updates", Format.bytes(result.traffic().received()),
                    "instead of " + Format.bytes(result.traffic().received() + saved)));
        }
        if (result.setting().hasVirtualTime()) {
            facts.add(new Fact("time of the devices", Format.seconds(RoundRecord.durations(result.rounds())), ""));
        }
        facts.add(new Fact("time", Format.seconds(result.duration()), ""));
        return facts;
    }

    private static Metrics last(RunResult result, Function<RoundRecord, Metrics> measured) {
        return result.rounds().reversed().stream().map(measured)
                .filter(metrics -> !metrics.equals(Metrics.NONE)).findFirst().orElse(Metrics.NONE);
    }

    private static String sentence(RunResult result) {
        Column label = result.spec().data().schema().label();
        return model(result.spec().model()) + " predicting " + label.name()
                + (label.unit().isEmpty() ? "" : " [" + label.unit() + "]") + " from "
                + Format.count(result.spec().data().schema().features().size(), "column") + ". Started "
                + WHEN.format(result.started()) + "; " + result.setting().place() + "." + measuring(result);
    }

    /** If not all nodes measured the models: how many did, of the last one that was measured. */
    private static String measuring(RunResult result) {
        return result.spec().evaluation().nodes().isEmpty()
                ? ""
                : result.rounds().reversed().stream().map(RoundRecord::measuredBy).filter(nodes -> nodes > 0)
                        .findFirst()
                        .map(nodes -> " Held-out metrics are measured by " + nodes + " of "
                                + Format.count(result.population(), "node") + ", drawn anew each time.")
                        .orElse("");
    }

    private static String model(ModelSpec model) {
        return switch (model) {
            case ModelSpec.Linear _ -> "Linear regression";
            case ModelSpec.Softmax _ -> "Softmax regression";
            case ModelSpec.Mlp mlp -> "Multi-layer perceptron ("
                    + mlp.hidden().stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + " hidden units" + (mlp.normalization() == Normalization.BATCH ? ", normalised by batch)" : ")");
            case ModelSpec.Cnn cnn -> "Convolutional network ("
                    + cnn.filters().stream().map(String::valueOf).collect(Collectors.joining(", ")) + " filters of "
                    + cnn.side() + " × " + cnn.side() + " points)";
            case ModelSpec.Recurrent recurrent -> (recurrent.cell() == Cell.LSTM
                    ? "Long short-term memory ("
                    : "Gated recurrent units (") + Format.count(recurrent.layers(), "layer") + " of "
                    + recurrent.hidden() + ")";
        };
    }

    private record Fact(String name, String value, String unit) {}
}
