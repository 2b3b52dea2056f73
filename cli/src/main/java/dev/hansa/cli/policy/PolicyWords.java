package dev.hansa.cli.policy;

import dev.hansa.cli.promise.Amount;
import dev.hansa.client.policy.DataPolicy;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.Policy;
import dev.hansa.client.policy.Trust;
import dev.hansa.wire.trust.Author;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A policy in sentences. */
final class PolicyWords {
    private PolicyWords() {}

    /** What holds for all data sets, a line each. */
    static List<String> of(Policy policy, Optional<Path> witness) {
        List<String> lines = new ArrayList<>();
        lines.add(policy.coordinators().isEmpty() ? "any coordinator that this node joins may ask"
                : "only these coordinators may ask: " + String.join(", ", policy.coordinators()));
        lines.add(policy.signers().isEmpty() ? "nobody has to sign runs and statistics"
                : "runs and statistics must be signed by "
                        + policy.signers().stream().map(Author::text).collect(Collectors.joining(" or ")));
        lines.add("trust: " + trust(policy.trust()));
        lines.add(policy.hours().map(hours -> "tasks are done " + hours.words()).orElse("tasks are done at any hour"));
        lines.add(witness.map(file -> "how far the ledger goes is noted in " + file + ", too")
                .orElse("no witness: an old copy of the ledger is noticed by what the coordinator knows of it, or not at all"));
        return lines;
    }

    private static String trust(Trust trust) {
        return switch (trust) {
            case NOBODY -> "only noise that this node adds itself counts";
            case COORDINATOR -> "noise that the coordinator promises to add counts, too";
            case EVERYBODY -> "noise that the coordinator promises to add, and shares of the other nodes, count, too";
        };
    }

    /** What may be done with a data set. */
    static String of(String set, DataPolicy rules) {
        List<String> parts = new ArrayList<>();
        parts.add(rules.budget()
                .map(budget -> "may spend epsilon " + Amount.written(budget.epsilon()) + " (delta "
                        + Amount.written(budget.delta())
                        + ") in all, counted for " + rules.unit().words())
                .orElse("has no budget"));
        if (!rules.purposes().isEmpty()) {
            parts.add("for the purposes " + rules.purposes().stream().map(one -> "\"" + one + "\"")
                    .collect(Collectors.joining(", ")));
        }
        rules.rounds().ifPresent(rounds -> parts.add("runs of at most " + rounds + " rounds"));
        rules.allRounds().ifPresent(rounds -> parts.add("at most " + rounds + " updates ever"));
        rules.columns().ifPresent(columns -> parts.add("columns " + String.join(", ", columns)));
        if (!Double.isInfinite(rules.required().clip())) {
            parts.add("updates clipped to " + rules.required().clip() + " or less");
        }
        if (rules.required().noise() > 0) {
            parts.add("a noise multiplier of " + rules.required().noise() + " or more");
        }
        if (rules.required().secureAggregation()) {
            parts.add("no update at all, for none can be added up under encryption yet");
        }
        if (rules.required().cohort() > 1) {
            parts.add("sums of " + rules.required().cohort() + " or more updates");
        }
        if (!rules.exempt().isEmpty()) {
            parts.add("free of charge: "
                    + rules.exempt().stream().map(told -> told.words()).collect(Collectors.joining(", ")));
        }
        if (rules.approval() == Approval.ASK) {
            parts.add("each run waits for you");
        }
        return "data set " + set + " " + String.join("; ", parts);
    }
}
