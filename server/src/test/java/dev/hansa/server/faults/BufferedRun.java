package dev.hansa.server.faults;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.Buffering.Mixing;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.Staleness;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** Draws a run without rounds for a federation whose run has rounds. */
final class BufferedRun {
    private BufferedRun() {}

    /** As much like its run as may be. */
    static RunSpec of(Scenario scenario, SplittableRandom random) {
        RunSpec run = scenario.run();
        Buffering buffer = buffering(Math.min(scenario.honest(), run.cohort().nodes()), random);
        Personalization personal = run.personalization() instanceof FineTuning tuning ? tuning : Personalization.none();
        return new RunSpec(run.name(), run.purpose(), run.data(), run.model(), strategy(run, buffer, random),
                run.compression(), 2 + random.nextInt(6), cohort(scenario, buffer, random), run.evaluation(),
                run.stop(), personal, run.seed());
    }

    private static Buffering buffering(int most, SplittableRandom random) {
        List<Staleness> all = List.of(new Staleness.Constant(), new Staleness.Polynomial(0.5),
                new Staleness.Hinge(0.5, 1));
        return new Buffering(1 + random.nextInt(most), all.get(random.nextInt(all.size())),
                random.nextInt(3) == 0 ? random.nextInt(3) : Buffering.ANY_AGE,
                random.nextInt(3) == 0 ? Mixing.MODELS : Mixing.CHANGES);
    }

    /** Some of which remember more than a model, but none needs rounds. */
    private static Strategy strategy(RunSpec run, Buffering buffer, SplittableRandom random) {
        LocalTraining training = ((Combination) run.strategy()).training().withDrift(Drift.UNCORRECTED);
        Weighting weighting = random.nextBoolean() ? Weighting.EXAMPLES : Weighting.UNIFORM;
        return (random.nextInt(3) == 0 ? Strategies.fedAvgM(training, weighting, 0.7, 0.5)
                : Strategies.fedAvg(training, weighting)).buffering(buffer);
    }

    private static Cohort cohort(Scenario scenario, Buffering buffer, SplittableRandom random) {
        Cohort rounds = scenario.run().cohort();
        int minimum = 1 + random.nextInt(buffer.size());
        OptionalInt size = random.nextBoolean()
                ? OptionalInt.of(minimum + random.nextInt(scenario.tables().size() - minimum + 1))
                : OptionalInt.empty();
        Cohort plain = new Cohort(rounds.nodes(), size, minimum, 1, rounds.deadline(), rounds.partialWork(),
                new Uniform());
        boolean suits = rounds.selector().choosesOneByOne() && rounds.selector().objection(plain).isEmpty();
        return !suits ? plain
                : new Cohort(rounds.nodes(), size, minimum, 1, rounds.deadline(), rounds.partialWork(),
                        rounds.selector());
    }
}
