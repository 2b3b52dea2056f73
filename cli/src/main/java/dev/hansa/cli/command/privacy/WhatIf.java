package dev.hansa.cli.command.privacy;

import dev.hansa.cli.promise.Promise;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.event.Sampling;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.document.InvalidSpecException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What the same run with one setting changed would promise. */
final class WhatIf {
    private final RunFile file;
    private final Promise promise;

    /** @param file that promises this */
    WhatIf(RunFile file, Promise promise) {
        this.file = file;
        this.promise = promise;
    }

    /** The answers, of changes that are possible. */
    List<Answer> answers() {
        int rounds = promise.plan().rounds();
        Stream<Optional<Answer>> ofNoiseAndRounds = Stream.of(
                answer("the noise × 1.25", Map.of("privacy.noise", number(promise.noise() * 1.25))),
                answer("the noise × 2", Map.of("privacy.noise", number(promise.noise() * 2))),
                rounds > 1 ? answer("half the rounds", Map.of("rounds", String.valueOf(rounds / 2))) : Optional.empty(),
                answer("twice the rounds", Map.of("rounds", String.valueOf(2L * rounds))),
                answer("a delta of a tenth", Map.of("privacy.delta", number(promise.delta() / 10))));
        return Stream.concat(ofNoiseAndRounds, ofTheCohort()).flatMap(Optional::stream).toList();
    }

    private Stream<Optional<Answer>> ofTheCohort() {
        if (promise.plan().privacy().mechanism() instanceof Mechanism.Examples(double rate, int steps)) {
            return Stream.of(
                    answer("twice the sampling", Map.of("privacy.sampling", number(Math.min(1, 2 * rate)))),
                    steps > 1
                            ? answer("half the steps", Map.of("training.steps", String.valueOf(steps / 2)))
                            : Optional.empty());
        }
        int nodes = promise.run().cohort().nodes();
        OptionalInt size = promise.run().cohort().size();
        Sampling sampling = promise.plan().drawing().sampling();
        if (sampling instanceof Sampling.Poisson(double rate)) {
            return Stream.of(
                    answer("twice the rate", Map.of("cohort.select.rate", number(Math.min(1, 2 * rate)))),
                    answer("twice the nodes, half the rate", Map.of("cohort.nodes", String.valueOf(2L * nodes),
                            "cohort.select.rate", number(rate / 2))));
        }
        return size.isPresent() && size.getAsInt() < nodes
                ? Stream.of(
                        answer("twice the cohort",
                                Map.of("cohort.size", String.valueOf(Math.min(nodes, 2L * size.getAsInt())))),
                        answer("twice the nodes, the same cohort", Map.of("cohort.nodes", String.valueOf(2L * nodes))))
                : Stream.of(answer("twice the nodes", Map.of("cohort.nodes", String.valueOf(2L * nodes))));
    }

    private Optional<Answer> answer(String change, Map<String, String> changes) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("privacy.noise", number(promise.noise()));
        all.put("privacy.epsilon", "unlimited");
        all.put("rounds", String.valueOf(promise.plan().rounds()));
        all.putAll(changes);
        try {
            return Promise.of(file.with(all, "run.yaml").spec())
                    .map(other -> new Answer(change, other.plan().epsilon(other.plan().rounds()),
                            other.lengthOfNoise()));
        } catch (InvalidSpecException e) {
            return Optional.empty(); // nothing to advise
        }
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).toPlainString();
    }

    /**
     * One of them.
     *
     * @param epsilon after all rounds
     * @param noise   of the mean of a round, in clips
     */
    record Answer(String change, double epsilon, double noise) {}
}
