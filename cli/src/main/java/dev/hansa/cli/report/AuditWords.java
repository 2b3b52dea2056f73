package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.promise.Amount;
import dev.hansa.cli.report.AuditFindings.Canaries;
import dev.hansa.cli.report.AuditFindings.Promise;
import dev.hansa.core.privacy.audit.Proportion;
import dev.hansa.core.privacy.audit.Roc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an audit found, in words for those who answer for the data. */
public final class AuditWords {
    private static final double FEW = 0.01;
    /** What is read of rows tells of them if it is off by less than this part of what chance is off by. */
    private static final double NEARER = 0.75;

    private AuditWords() {}

    /** One attack and what it came to. */
    public record Line(String attack, String result) {}

    /** A line for each attack, and one for what is promised. */
    public static List<Line> lines(AuditFindings findings) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("members, by the loss", membership(findings.loss())));
        lines.add(new Line("members, by LiRA", membership(findings.likelihood())));
        findings.canaries().ifPresent(canaries -> lines.add(new Line("canaries", guesses(canaries))));
        lines.addAll(update(findings.leak()));
        lines.add(new Line("promised", findings.promise().map(AuditWords::promised).orElse("nothing (privacy: none)")));
        return lines;
    }

    static String membership(Roc roc) {
        return "AUC " + text(roc.area(AuditFindings.CONFIDENCE)) + "; advantage "
                + text(roc.advantage(AuditFindings.CONFIDENCE)) + "; " + text(roc.truePositives(FEW))
                + " found with 1 % false alarms";
    }

    static String guesses(Canaries canaries) {
        return canaries.guesses().correct() + " of " + canaries.guesses().guesses() + " guesses about "
                + Format.count(canaries.guesses().canaries(), "row") + " with wrong labels are right: "
                + (canaries.epsilon() > 0
                        ? "epsilon is at least " + Format.number(canaries.epsilon()) + " (delta "
                                + Amount.written(canaries.delta())
                                + ")"
                        : "that proves nothing of epsilon")
                + (canaries.most() > 0
                        ? ". So few rows could prove no more than epsilon " + Format.number(canaries.most())
                                + ", were all guesses right"
                        : ". So few rows prove nothing, were all guesses right: --canaries wants more");
    }

    static String promised(Promise promise) {
        String client = promise.ofClient().isPresent()
                ? Amount.epsilon(promise.ofClient().getAsDouble()) + " for a client, "
                : "";
        return "epsilon " + client + Amount.epsilon(promise.ofRow()) + " for one row of a client (delta "
                + Amount.written(promise.delta()) + ")";
    }

    static List<Line> update(UpdateLeak leak) {
        List<Line> lines = new ArrayList<>();
        leak.ofOneRow().ifPresent(distance -> lines.add(new Line("update of one row",
                leak.isExact() ? "the row is read from it exactly" : "the row is read off by " + share(distance))));
        leak.ofAllRows().ifPresent(distance -> lines.add(new Line("update of a client",
                "the nearest row is read off by " + share(distance) + leak.byChance().stream()
                        .mapToObj(chance -> " (by chance: " + Format.percent(chance) + "): "
                                + (distance < NEARER * chance ? "a leak, it tells of rows" : "no leak shows"))
                        .findFirst().orElse(""))));
        leak.found().ifPresent(found -> lines.add(new Line("labels in an update", Format.percent(found.share())
                + " of a client's classes are read from it" + leak.named()
                        .map(named -> "; of the classes read, " + Format.percent(named.share()) + " are there")
                        .orElse(""))));
        if (lines.isEmpty()) {
            lines.add(new Line("updates", leak.clients() == 0
                    ? "not read: clients send rotated whole numbers with noise"
                    : "not read: the first layer is not fully connected"));
        }
        return lines;
    }

    private static String share(double distance) {
        return Format.percent(distance) + " of its length";
    }

    /** What follows. */
    public static String verdict(AuditFindings findings) {
        double proven = findings.canaries().map(Canaries::epsilon).orElse(0.0);
        String text = switch (findings.verdict()) {
            case BROKEN -> "The promise does not hold: the guesses prove an epsilon of at least "
                    + Format.number(proven)
                    + ", and " + Amount.epsilon(findings.promise().orElseThrow().ofRow())
                    + " is promised for a row. Do not"
                    + " release the model. If another --seed says the same, it is a fault of the noise or of how it is"
                    + " counted: tell those who maintain Hansa.";
            case KEPT -> "Nothing was found against the promise: these attacks prove "
                    + (proven > 0 ? "an epsilon of at least " + Format.number(proven) : "nothing of epsilon") + ", and "
                    + Amount.epsilon(findings.promise().orElseThrow().ofRow())
                    + " is promised for a row. That is no proof of it: attacks prove less than there is"
                    + tooWeak(findings) + ".";
            case LEAKS ->
                    "Whoever has the model can tell better than by chance whether somebody's row was learned from, and"
                            + " nothing is promised. If being among the rows is a secret, the run needs privacy (docs/privacy.md).";
            case SILENT ->
                    "These attacks cannot tell from the model who was learned from. Better ones may, for nothing is"
                            + " promised.";
        };
        return findings.leak().isExact()
                ? text + " Whoever sees a single client's update, as the coordinator does, can read a row exactly from one of"
                        + " a single row" + (findings.leak().isProtected() ? "; clipping alone does not hinder it" : "")
                        + "."
                : text;
    }

    /** If no outcome could have said anything against the promise. */
    private static String tooWeak(AuditFindings findings) {
        double most = findings.canaries().map(Canaries::most).orElse(0.0);
        return most > findings.promise().orElseThrow().ofRow() ? ""
                : most > 0 ? ", and these could have proven no more than " + Format.number(most)
                        : ", and these could have proven nothing of epsilon";
    }

    private static String text(Roc.Interval interval) {
        return decimal(interval.value()) + " (" + decimal(interval.low()) + " to " + decimal(interval.high()) + ")";
    }

    private static String text(Proportion share) {
        return Format.percent(share.share()) + " (" + Format.percent(share.low(AuditFindings.CONFIDENCE)) + " to "
                + Format.percent(share.high(AuditFindings.CONFIDENCE)) + ")";
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
