package dev.hansa.cli.audit;

import dev.hansa.cli.io.Output;
import dev.hansa.cli.report.AuditFindings;
import dev.hansa.cli.report.AuditWords;
import dev.hansa.core.privacy.audit.Proportion;
import dev.hansa.core.privacy.audit.Roc;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells people and machines what an audit found. */
public final class AuditTelling {
    /** Of rows with wrong labels, in JSON. */
    private record Guessed(int number, int guesses, int correct, double delta, double epsilonLowerBound,
            double epsilonMostProvable) {}

    /** What is promised, in JSON. */
    private record Promised(@Nullable Double epsilon, double delta, double epsilonOfRow, String adjacency) {}

    private AuditTelling() {}

    /** Tells both. */
    public static void tell(Output output, AuditFindings findings, Optional<Path> page) {
        output.print(findings.run() + ": " + findings.verdict().words());
        AuditWords.lines(findings)
                .forEach(line -> output.print(String.format("  %-21s %s", line.attack(), line.result())));
        output.print(AuditWords.verdict(findings));
        page.ifPresent(file -> output.print(String.format("  %-21s %s", "report", file)));
        output.json(object(findings, page));
    }

    private static Map<String, Object> object(AuditFindings findings, Optional<Path> page) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("run", findings.run());
        object.put("verdict", findings.verdict().name().toLowerCase(Locale.ROOT));
        object.put("rows", findings.rows());
        object.put("clients", findings.clients());
        object.put("models", findings.models());
        object.put("rounds", findings.rounds());
        object.put("confidence", RunAudit.CONFIDENCE);
        object.put("lossThreshold", curve(findings.loss()));
        object.put("likelihoodRatio", curve(findings.likelihood()));
        findings.canaries().ifPresent(canaries -> object.put("canaries",
                new Guessed(canaries.guesses().canaries(), canaries.guesses().guesses(), canaries.guesses().correct(),
                        canaries.delta(), canaries.epsilon(), canaries.most())));
        findings.promise().ifPresent(promise -> object.put("promise",
                new Promised(promise.ofClient().stream().boxed().findFirst().orElse(null), promise.delta(),
                        promise.ofRow(), promise.adjacency())));
        Map<String, Object> update = new LinkedHashMap<>();
        update.put("clients", findings.leak().clients());
        findings.leak().ofOneRow().ifPresent(distance -> update.put("distanceOfOneRow", distance));
        findings.leak().ofAllRows().ifPresent(distance -> update.put("distanceOfAllRows", distance));
        findings.leak().byChance().ifPresent(distance -> update.put("distanceByChance", distance));
        findings.leak().named().ifPresent(named -> update.put("classesNamedRightly", share(named)));
        findings.leak().found().ifPresent(found -> update.put("classesFound", share(found)));
        object.put("update", update);
        page.ifPresent(file -> object.put("report", file.toAbsolutePath().toString()));
        return object;
    }

    private static Map<String, Object> curve(Roc roc) {
        Map<String, Object> curve = new LinkedHashMap<>();
        curve.put("auc", roc.area(RunAudit.CONFIDENCE));
        curve.put("advantage", roc.advantage(RunAudit.CONFIDENCE));
        curve.put("truePositivesAt1In100", share(roc.truePositives(0.01)));
        curve.put("truePositivesAt1In1000", share(roc.truePositives(0.001)));
        return curve;
    }

    private static Roc.Interval share(Proportion share) {
        return new Roc.Interval(share.share(), share.low(RunAudit.CONFIDENCE),
                share.high(RunAudit.CONFIDENCE));
    }
}
