package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.promise.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several runs side by side as one web page that stands alone, like {@link HtmlReport}. */
public final class SweepReport {

    private SweepReport() {}

    /** The page. */
    public static String of(Sweep sweep) {
        List<Tag> sections = new ArrayList<>();
        sections.add(head(sweep));
        sections.add(SweepCurves.of(sweep));
        sections.add(SweepTable.of(sweep));
        if (sweep.isPlane()) {
            sections.add(SweepHeatMap.of(sweep));
        }
        SweepDifferences.of(sweep).ifPresent(sections::add);
        ClientsChart.of(sweep).ifPresent(sections::add);
        sections.add(SweepFairness.of(sweep));
        sections.add(Tag.of("section").add(Tag.of("h2", "How to repeat it"),
                Tag.of("pre").style("command").add(Tag.of("code", sweep.again())),
                Tag.of("p",
                        "Each run’s folder has its run.yaml, metrics.csv, model.safetensors and a report of its own."
                                + " Hansa " + sweep.version() + ", Java " + Runtime.version().feature() + ".")
                        .style("quiet")));
        return HtmlPage.of(sweep.title() + " – Hansa", sections);
    }

    private static Tag head(Sweep sweep) {
        Tag head = Tag.of("header").add(Tag.of("p", "Hansa · runs side by side").style("kicker"),
                Tag.of("h1", sweep.title()), Tag.of("p", sweep.subtitle()).style("purpose"));
        long failed = sweep.unfinished();
        head.add(Tag.of("p", failed == 0 ? "all " + Format.count(sweep.runs(), "run") + " finished"
                : failed + " of " + Format.count(sweep.runs(), "run") + " did not finish")
                .style(failed == 0 ? "outcome good" : "outcome bad"));
        Tag numbers = Tag.of("dl").style("numbers");
        String metric = sweep.metric();
        if (sweep.cells().size() == 1) {
            Sample last = sweep.cells().getFirst().last(metric);
            number(numbers, Sweep.name(metric), last.text(), sweep.unit());
            if (last.size() >= Sample.FOR_CONFIDENCE) {
                number(numbers, "95 % confidence", Format.number(last.low()) + " to " + Format.number(last.high()), "");
            }
        }
        sweep.best().ifPresent(best -> {
            number(numbers, "best " + Sweep.name(metric), best.last(metric).text(), sweep.unit());
            number(numbers, "with", best.name(), "");
        });
        if (sweep.cells().size() > 1) {
            number(numbers, "settings", String.valueOf(sweep.cells().size()), "");
        }
        number(numbers, "runs", String.valueOf(sweep.runs()), "");
        head.add(numbers);
        privacy(sweep).ifPresent(head::add);
        SweepPrivacy.terms(sweep).forEach(terms -> head.add(Tag.of("p", terms + ". Noise of simulations comes from"
                + " their seed: it protects nobody, and costs what it would cost.").style("note")));
        SweepPrivacy.littleLearned(sweep).forEach(little -> head.add(Tag.of("p", little).style("note bad")));
        sweep.notes().forEach(note -> head.add(Tag.of("p", note).style("note")));
        return head;
    }

    private static Optional<Tag> privacy(Sweep sweep) {
        List<String> open = SweepPrivacy.open(sweep);
        return open.isEmpty() || sweep.runs() == sweep.unfinished() ? Optional.empty()
                : Optional.of(Tag.of("p").style("note bad").add(Tag.of("strong", open.size() == sweep.cells().size()
                        ? "There is " + Promise.NONE + "."
                        : "There is " + Promise.NONE + " in " + open.size()
                                + " of the settings, which have no epsilon."))
                        .text(" " + Promise.NOTHING));
    }

    private static void number(Tag numbers, String name, String value, String unit) {
        numbers.add(Tag.of("div").add(Tag.of("dt", name), Tag.of("dd", value)
                .add(unit.isEmpty() ? List.of() : List.of(Tag.of("small", unit)))));
    }
}
