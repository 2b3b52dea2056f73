package dev.hansa.cli.policy;

import dev.hansa.cli.promise.Amount;
import dev.hansa.client.policy.DataPolicy;
import dev.hansa.client.policy.DataPolicy.Approval;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A policy in a sentence. */
final class PolicyWords {
    private PolicyWords() {}

    static String of(String set, DataPolicy rules) {
        List<String> parts = new ArrayList<>();
        parts.add(rules.budget()
                .map(budget -> "may spend epsilon " + Amount.written(budget.epsilon()) + " (delta "
                        + Amount.written(budget.delta())
                        + ") in all, counted for " + rules.unit().words())
                .orElse("has no budget"));
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
