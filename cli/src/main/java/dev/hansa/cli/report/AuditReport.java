package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.promise.Amount;
import dev.hansa.cli.report.AuditFindings.Canaries;
import dev.hansa.cli.report.AuditFindings.Promise;
import dev.hansa.cli.report.AuditFindings.Verdict;
import dev.hansa.cli.report.Series.Point;
import dev.hansa.core.privacy.audit.Ceiling;
import dev.hansa.core.privacy.audit.Proportion;
import dev.hansa.core.privacy.audit.Roc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What an audit found as one web page that stands alone. */
public final class AuditReport {
    /** A curve is drawn through so many points at most. */
    private static final int POINTS = 300;

    private AuditReport() {}

    /**
     * The page.
     *
     * @param repeat   the command that does it again
     * @param specText the run file, to the letter
     */
    public static String of(AuditFindings findings, String repeat, String specText, String version) {
        return HtmlPage.of(findings.run() + " – audit – Hansa",
                List.of(head(findings), membership(findings), proof(findings), updates(findings.leak()),
                        limits(), repeat(repeat, specText, version)));
    }

    private static Tag head(AuditFindings findings) {
        Verdict verdict = findings.verdict();
        String style = switch (verdict) {
            case KEPT -> "outcome good";
            case SILENT -> "outcome"; // nothing was found, and nothing is promised
            case BROKEN, LEAKS -> "outcome bad";
        };
        Tag numbers = Tag.of("dl").style("numbers");
        numbers.add(fact("rows audited", String.valueOf(findings.rows())),
                fact("clients", String.valueOf(findings.clients())),
                fact("models trained", String.valueOf(findings.models())),
                fact("rounds", String.valueOf(findings.rounds())),
                fact("promised epsilon of a row",
                        findings.promise().map(promise -> Amount.epsilon(promise.ofRow())).orElse("none")),
                fact("proven at least",
                        findings.canaries().map(canaries -> Format.number(canaries.epsilon())).orElse("–")));
        return Tag.of("header").add(Tag.of("p", "Hansa · audit of a federated run").style("kicker"),
                Tag.of("h1", findings.run()),
                Tag.of("p", verdict.words()).style(style), numbers,
                Tag.of("p", AuditWords.verdict(findings)));
    }

    private static Tag fact(String name, String value) {
        return Tag.of("div").add(Tag.of("dt", name), Tag.of("dd", value));
    }

    private static Tag membership(AuditFindings findings) {
        List<Series> lines = new ArrayList<>();
        lines.add(new Series("a guess", "central", List.of(new Point(0, 0), new Point(1, 1))));
        findings.promise().map(Promise::ceiling).ifPresent(
                ceiling -> lines.add(new Series("the most that the promise allows", "n1", points(ceiling))));
        lines.add(new Series("by the loss alone", "n0", points(findings.loss())));
        lines.add(new Series("beside models of one's own", "all", points(findings.likelihood())));
        Table table = new Table("With 95 % confidence intervals", List.of("attack", "AUC", "advantage",
                "found at 1 % of others", "found at 0.1 % of others"));
        table.row(cells("by the loss alone", findings.loss()));
        table.row(cells("beside models of one's own", findings.likelihood()));
        findings.promise().map(Promise::ceiling).ifPresent(ceiling -> table.row("this", List.of(
                "the most that the promise allows", "–", Format.number(ceiling.advantage()),
                percent(ceiling.truePositives(0.01)), percent(ceiling.truePositives(0.001)))));
        return Tag.of("section").add(Tag.of("h2", "Who was learned from"),
                Tag.of("p",
                        "A coin decided of each row whether the model learned from it. The attacker has the model and"
                                + " the rows, not the coins. Who takes more rows for learned from finds more of them, and more that"
                                + " were not: each point of a line is one such choice."),
                Tag.of("div").style("charts")
                        .add(new LineChart("roc", "Rows found, of those that were learned from", "",
                                "share of the others that are taken for such", lines).figure(true)),
                table.tag(),
                Tag.of("p",
                        "AUC: how often a row that was learned from looks more like it than one that was not; 0.5 is a"
                                + " guess. Advantage: the largest difference between both shares; 0 is a guess. By the loss: Yeom's"
                                + " attack. Beside models of one's own: LiRA (Carlini et al., 2022), with a normal distribution"
                                + " for each row and one deviation for all.")
                        .style("quiet"));
    }

    private static List<String> cells(String name, Roc roc) {
        return List.of(name, text(roc.area(AuditFindings.CONFIDENCE)), text(roc.advantage(AuditFindings.CONFIDENCE)),
                text(roc.truePositives(0.01)), text(roc.truePositives(0.001)));
    }

    private static List<Point> points(Roc roc) {
        List<Roc.Point> all = roc.points();
        int step = Math.max(1, (all.size() - 1) / POINTS + 1);
        return IntStream.range(0, all.size()).filter(i -> i % step == 0 || i == all.size() - 1)
                .mapToObj(i -> new Point(all.get(i).falsePositives(), all.get(i).truePositives())).toList();
    }

    private static List<Point> points(Ceiling ceiling) {
        return IntStream.rangeClosed(0, 100)
                .mapToObj(i -> new Point(i / 100.0, Math.min(1, ceiling.truePositives(i / 100.0)))).toList();
    }

    private static Tag proof(AuditFindings findings) {
        Tag section = Tag.of("section").add(Tag.of("h2", "What is proven, and what is promised"));
        Optional<Canaries> canaries = findings.canaries();
        section.add(Tag.of("p",
                canaries.map(found -> "Some rows had a wrong label, which a model learns by heart or not at"
                        + " all: " + AuditWords.guesses(found)
                        + ". It holds with a confidence of 95 % for whatever was run"
                        + " (Steinke, Nasr, Jagielski, 2023).")
                        .orElse("No row had a wrong label (--canaries 0), so that nothing is proven of epsilon.")));
        return section.add(Tag.of("p", findings.promise()
                .map(promise -> "The accountant says: " + AuditWords.promised(promise) + ". Promised is: "
                        + promise.adjacency()
                        + (promise.ofClient().isPresent()
                                ? ". A client with another row in the place of one is another client, which counts as"
                                        + " one of two steps; so the promise for a row is the weaker one."
                                : ". For a client as a whole nothing is promised."))
                .orElse("The run file promises nothing: privacy is none.")).style(
                        findings.promise().isPresent() ? "note" : "outcome bad"));
    }

    private static Tag updates(UpdateLeak leak) {
        Tag list = Tag.of("ul");
        AuditWords.update(leak)
                .forEach(
                        line -> list.add(Tag.of("li").add(Tag.of("strong", line.attack())).text(": " + line.result())));
        return Tag.of("section").add(Tag.of("h2", "What can be read from a client's update"),
                Tag.of("p",
                        "Whoever sees the updates of single clients, as the coordinator does without secure aggregation,"
                                + " sees more than the model. Of " + Format.count(leak.clients(), "client")
                                + " the first update was read: rows from the weights and biases of the first layer, classes from the"
                                + " biases of the last" + (leak.isProtected() ? "; as clients protect them." : ".")),
                list);
    }

    private static Tag limits() {
        return Tag.of("section").add(Tag.of("h2", "What this does not say"),
                Tag.of("p",
                        "An audit is a lower bound: it finds what its attacks find, on this model, these rows and these"
                                + " coins. That nothing was found does not mean that nothing is there. The attacked model learned"
                                + " from a half of the rows, and from some with wrong labels; one that learns from all gives away a"
                                + " little less of each."));
    }

    private static Tag repeat(String command, String specText, String version) {
        return Tag.of("section").add(Tag.of("h2", "How to repeat it"),
                Tag.of("pre").style("command").add(Tag.of("code", command)), Tag.of("h3", "The run file"),
                Tag.of("pre").add(Tag.of("code", specText)),
                Tag.of("p", "Hansa " + version + ", Java " + Runtime.version().feature() + ".").style("quiet"));
    }

    private static String text(Roc.Interval interval) {
        return Format.number(interval.value()) + " (" + Format.number(interval.low()) + " – "
                + Format.number(interval.high()) + ")";
    }

    private static String text(Proportion share) {
        return percent(share.share()) + " (" + percent(share.low(AuditFindings.CONFIDENCE)) + " – "
                + percent(share.high(AuditFindings.CONFIDENCE)) + ")";
    }

    private static String percent(double share) {
        return Format.percent(share);
    }
}
