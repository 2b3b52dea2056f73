package dev.hansa.cli.bench;

import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Normalization;
import dev.hansa.core.model.ModelSpec.Precision;
import java.util.List;

/** The work of docs/benchmarks.md, which other systems were measured with too. */
@SuppressWarnings("ImmutableEnumChecker") // models are records of what does not change
public enum SimulateWork {
    /** Softmax regression: little but the framework. */
    LR("lr", new ModelSpec.Softmax(Precision.SINGLE), 20, 0.1, 1000, 100, 30, 200),
    /** Two hidden layers. */
    NN2("2nn", new ModelSpec.Mlp(List.of(200, 200), Normalization.NONE, Precision.SINGLE), 600, 0.05, 100, 20, 5, 20),
    /** Two convolutions: little but their sums. */
    CNN("cnn", new ModelSpec.Cnn(28, 28, List.of(32, 64), 5, List.of(512)), 600, 0.05, 100, 5, 3, 4),
    /** Two recurrent layers over 80 characters. */
    LSTM("lstm", new ModelSpec.Recurrent(ModelSpec.Cell.LSTM, 8, 256, 2), 100, 0.5, 100, 5, 3, 4);

    private final String name;
    final ModelSpec model;
    /** Of each client. */
    final int samples;
    final double rate;
    final int population;
    final int cohort;
    /** After one that is not measured. */
    final int rounds;
    private final int passes;

    SimulateWork(String name, ModelSpec model, int samples, double rate, int population, int cohort, int rounds,
            int passes) {
        this.name = name;
        this.model = model;
        this.samples = samples;
        this.rate = rate;
        this.population = population;
        this.cohort = cohort;
        this.rounds = rounds;
        this.passes = passes;
    }

    SyntheticRows synthetic() {
        return this == LSTM ? new SyntheticText() : new SyntheticDigits();
    }

    /** How often the run is made until its figures are steady: half of them. */
    public int passes() {
        return passes;
    }

    /** How many clients train in a round. */
    public int cohort() {
        return cohort;
    }

    @Override
    public String toString() {
        return name;
    }
}
