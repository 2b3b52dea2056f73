package dev.hansa.spec;

import dev.hansa.spec.document.Alternatives.Choice;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a rule that withstands bad updates gets enough updates to do so, and what to write if it does not. */
final class EnoughUpdates {
    /** Fewer of them have no middle. */
    private static final int LEAST_BUCKETS = 3;

    private final Entries run;
    private final Choice strategy;
    private final Entries cohort;
    private final Choice rule;
    private final int minimum;
    private final int most;

    private EnoughUpdates(Entries run, Choice strategy, Entries cohort) {
        this.run = run;
        this.strategy = strategy;
        this.cohort = cohort;
        this.rule = strategy.entries().get(AxisKeys.AGGREGATE);
        this.minimum = cohort.get(CohortKeys.MINIMUM_REPORTS);
        this.most = cohort.get(CohortKeys.SIZE).orElse(cohort.get(CohortKeys.NODES));
    }

    /** Adds the problems to the document; of a strategy and a cohort without problems of their own. */
    static void check(Entries run, Choice strategy, Entries cohort) {
        new EnoughUpdates(run, strategy, cohort).check();
    }

    /** How many updates the strategy's rule needs; of one that was not read 1. */
    static int least(Choice strategy) {
        return strategy.entries().find(AxisKeys.AGGREGATE).filter(rule -> rule.entries().isWhole())
                .map(EnoughUpdates::leastOf).orElse(1);
    }

    private static int leastOf(Choice rule) {
        return AggregateKeys.build(rule, 0).leastUpdates();
    }

    private void check() {
        int least = leastOf(rule);
        int bucket = rule.entries().find(AggregateKeys.BUCKET).orElse(1);
        if (minimum < least) {
            place(least).problem(rule.form() + numbers() + " needs " + least + " updates, and "
                    + (least > most ? "a round has " + most + " at most" : "a round is content with " + minimum)
                    + "; expected " + String.join(", or ", ways(least)));
        } else if (bucket > 1 && bucket >= most) {
            strategy.entries().at(AxisKeys.AGGREGATE).problem("with bucket: " + bucket + " all " + most
                    + " updates of a round fall into one, so that " + rule.form() + " sees nothing but their mean;"
                    + " expected bucket: " + Math.max(1, (most - 1) / (LEAST_BUCKETS - 1)) + " or less");
        }
    }

    private Value place(int least) {
        Key<Integer> key = CohortKeys.MINIMUM_REPORTS;
        return least > most ? strategy.entries().at(AxisKeys.AGGREGATE)
                : run.isGiven(CohortKeys.COHORT) ? cohort.at(key) : run.at(CohortKeys.COHORT).child(key.name());
    }

    private String numbers() {
        String numbers = Stream.of(number(AggregateKeys.F.name(), rule.entries().find(AggregateKeys.F).orElse(0)),
                number(AggregateKeys.KEEP.name(), kept()),
                number(AggregateKeys.BUCKET.name(), rule.entries().find(AggregateKeys.BUCKET).filter(size -> size > 1)
                        .orElse(0)))
                .filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
        return numbers.isEmpty() ? "" : " with " + numbers;
    }

    private static String number(String name, int value) {
        return value == 0 ? "" : name + ": " + value;
    }

    private int kept() {
        return rule.entries().find(AggregateKeys.KEEP).orElse(OptionalInt.empty()).orElse(0);
    }

    /** All that works, each alone. */
    private List<String> ways(int least) {
        List<String> ways = new ArrayList<>();
        if (least <= most) {
            ways.add("cohort.minimumReports: " + least + " or more" + withBuffer(least));
        }
        smaller(AggregateKeys.KEEP.name(), kept(), value -> with(AggregateKeys.KEEP, OptionalInt.of(value)))
                .ifPresent(ways::add);
        smaller(AggregateKeys.BUCKET.name(), rule.entries().find(AggregateKeys.BUCKET).orElse(1),
                value -> with(AggregateKeys.BUCKET, value)).ifPresent(ways::add);
        smaller(AggregateKeys.F.name(), rule.entries().find(AggregateKeys.F).orElse(0),
                value -> with(AggregateKeys.F, value)).ifPresent(ways::add);
        if (ways.isEmpty()) {
            ways.add("cohort." + (cohort.get(CohortKeys.SIZE).isPresent() ? "size" : "nodes") + " and minimumReports: "
                    + least + " or more" + withBuffer(least));
        }
        return ways;
    }

    private <T> Choice with(Key<T> key, T value) {
        return new Choice(rule.form(), rule.entries().with(key, value));
    }

    /** The largest smaller number with which there are enough updates, if the round waits for them where it must. */
    private Optional<String> smaller(String name, int now, IntFunction<Choice> changed) {
        for (int value = Math.min(now - 1, most); value >= 1; value--) {
            int least = leastOf(changed.apply(value));
            if (least <= most) {
                return Optional.of(name + ": " + value + (least <= minimum ? ""
                        : " with cohort.minimumReports: " + least + " or more" + withBuffer(least)));
            }
        }
        return Optional.empty();
    }

    private String withBuffer(int least) {
        return BufferRules.size(strategy).orElse(least) < least ? " and a buffer of as many" : "";
    }
}
