package dev.hansa.cli.report;

import dev.hansa.cli.live.EpsilonCurve;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.promise.Amount;
import dev.hansa.cli.promise.Promise;
import dev.hansa.cli.report.Series.Point;
import dev.hansa.core.coordinator.RunSpec;
import java.util.List;

/** What is promised of the data, for people who answer for them and need not know how it is counted. */
final class PrivacySection {

    /** What became of the run so far. */
    enum Kind {
        PLANNED,
        SIMULATED,
        RUN
    }

    private PrivacySection() {}

    /**
     * Of a run.
     *
     * @param rounds after which it is told
     */
    static Tag of(RunSpec spec, int rounds, Kind kind) {
        Tag section = Tag.of("section").add(Tag.of("h2", "Privacy"));
        return Promise.of(spec).map(promise -> told(section, promise, rounds, kind)).orElseGet(() -> none(section));
    }

    private static Tag none(Tag section) {
        return section.add(Tag.of("p").style("note bad")
                .add(Tag.of("strong", "There is " + Promise.NONE + "."))
                .text(" " + Promise.NOTHING + " The section privacy of the run file asks for it."));
    }

    private static Tag told(Tag section, Promise promise, int rounds, Kind kind) {
        if (kind == Kind.SIMULATED) {
            section.add(Tag.of("p", Promise.SIMULATED).style("note bad"));
        }
        if (rounds == 0) {
            return section.add(Tag.of("p", "Nothing of the data is in a model: no round was finished."
                    + promise.statistics().map(told -> " " + told.inWords()).orElse("")));
        }
        EpsilonCurve curve = EpsilonCurve.of(promise.plan(), rounds);
        double epsilon = curve.atMost(rounds);
        section.add(numbers(promise, epsilon));
        section.add(Tag.of("p").add(Tag.of("strong",
                "Hidden " + (kind == Kind.PLANNED ? "is " : "was ") + promise.hides() + ".")));
        promise.inWords(epsilon).forEach(words -> section.add(Tag.of("p", words)));
        section.add(from(promise), Tag.of("p", "Taken as public: " + String.join("; ", promise.known()) + ".")
                .style("quiet"));
        List<Point> points =
                curve.points().entrySet().stream().map(point -> new Point(point.getKey(), point.getValue()))
                        .toList();
        section.add(new LineChart("epsilon", "Epsilon, as it grows from round to round", "",
                List.of(new Series("epsilon", "all", points))).figure(true));
        return section.add(Tag.of("details").add(Tag.of("summary", "How it is done and counted"), details(promise)));
    }

    private static Tag numbers(Promise promise, double epsilon) {
        Tag numbers = Tag.of("dl").style("numbers");
        number(numbers, "epsilon, at most", Amount.epsilon(epsilon), promise.plan().privacy().epsilon().isPresent()
                ? "of " + Amount.epsilon(promise.plan().privacy().epsilon().getAsDouble())
                : "");
        number(numbers, "delta", Amount.written(promise.delta()), "");
        number(numbers, "of", promise.unit(), "as a whole");
        number(numbers, "compared worlds", promise.adjacency(), "");
        number(numbers, "mechanism", promise.mechanism(), "");
        return numbers;
    }

    private static Tag from(Promise promise) {
        Tag kept = Tag.of("ul").style("protected good").add(point("It protects from", promise.protectsFrom()));
        Tag open = Tag.of("ul").style("protected bad");
        promise.notFrom().ifPresent(who -> open.add(point("It does not protect from", who)));
        promise.unprotected().forEach(told -> open.add(point("Told without noise:", told + ".")));
        return Tag.of("div").style("columns").add(Tag.of("div").add(Tag.of("h3", "Covered"), kept),
                Tag.of("div").add(Tag.of("h3", "Not covered"), open));
    }

    private static Tag details(Promise promise) {
        Tag list = Tag.of("ul");
        for (String one : List.of(promise.how(), promise.strength(), promise.sampling(), promise.budget(),
                "Counted by the accountant " + promise.accountant() + ", after "
                        + Format.count(promise.plan().rounds(), "round") + " at most; docs/privacy.md says how.")) {
            list.add(Tag.of("li", one));
        }
        promise.statistics().ifPresent(told -> list.add(Tag.of("li", told.inWords())));
        return list;
    }

    private static Tag point(String what, String how) {
        return Tag.of("li").add(Tag.of("strong", what)).text(" " + how);
    }

    private static void number(Tag numbers, String name, String value, String unit) {
        numbers.add(Tag.of("div").add(Tag.of("dt", name), Tag.of("dd", value)
                .add(unit.isEmpty() ? List.of() : List.of(Tag.of("small", unit)))));
    }
}
