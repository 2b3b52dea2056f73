package dev.hansa.core.client;

import dev.hansa.core.compress.Compressor;
import dev.hansa.core.data.Examples;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.DriftCorrection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** One local training, from what was sent and is remembered to the update and what is to be remembered. */
final class Fitting {
    /** What was held back of updates. */
    static final String HELD_BACK = "heldBack";
    /** What a {@link DriftCorrection} keeps. */
    static final String DRIFT = "drift";

    private final Task.Fit task;
    private final Learner learner;
    private final ClientMemory memory;
    private final DriftCorrection correction;
    private final SortedMap<String, Parameters> remember = new TreeMap<>();

    Fitting(Task.Fit task, Learner learner, ClientMemory memory) {
        this.task = task;
        this.learner = learner;
        this.memory = memory;
        this.correction = DriftCorrection.of(task.training());
        task.parameters().requireSameLayout(correction.layout(learner.layout()));
    }

    /** Trains on all of these, of which there is at least one. */
    Report on(Examples examples, BooleanSupplier timeIsUp) throws InterruptedException {
        Optional<Parameters> before = correction.remembers() || task.compression().isSparse()
                ? memory.of(task.run(), task.counted())
                : Optional.empty();
        DriftCorrection.Start start = correction.start(task.parameters(), part(DRIFT, before, learner.layout()));
        Sums first = task.training().measureStart() ? lossOf(start.model(), examples) : Sums.NONE;
        Learner.Trained trained = learner.fit(start.model(), examples, task.training(), start.gradient(), task.seed(),
                timeIsUp);
        if (trained.share() == 0) {
            return new Report.Failed("the time of the round was over before the first step of training");
        }
        Parameters moved = trained.parameters().minus(start.model());
        DriftCorrection.End end = correction.end(start, moved, trained.sums().get(Sums.STEPS));
        if (!moved.isFinite() || !end.difference().isFinite()) {
            return new Report.Failed("local training diverged: the parameters are no longer finite numbers; a smaller "
                    + "training.rate may help");
        }
        end.remember().ifPresent(kept -> remember.put(DRIFT, kept));
        ParameterSource sent = compressed(end.difference(), part(HELD_BACK, before, task.parameters().layout()));
        if (!remember.isEmpty()) {
            memory.keep(task.run(), task.counted(), task.round(), Parameters.load(Bundle.of(remember)));
        }
        return new Report.Fitted(new ModelUpdate(sent, examples.size(), trained.sums().plus(first), trained.share()));
    }

    /** Of what another version or another model remembered there is no such part. */
    private static Optional<Parameters> part(String name, Optional<Parameters> before, Layout layout) {
        return before.map(all -> Bundle.part(name, all)).filter(part -> part.layout().equals(layout));
    }

    private Sums lossOf(Parameters model, Examples examples) {
        return Sums.of(Map.of(Sums.START_LOSS, learner.evaluate(model, examples).get(Sums.LOSS)));
    }

    /**
     * With what earlier rounds held back added, and what this one does kept: Stich et al., <i>Sparsified SGD with
     * Memory</i>, NeurIPS 2018, Algorithm 1.
     */
    private ParameterSource compressed(Parameters difference, Optional<Parameters> heldBack) {
        Compression compression = task.compression();
        Seed seed = task.seed().derive("compress");
        if (compression.isNone()) {
            return difference;
        } else if (!compression.isSparse()) {
            return Compressor.compress(difference, compression, seed);
        }
        Parameters whole = heldBack.map(difference::plus).orElse(difference);
        ParameterSource sent = Compressor.compress(whole, compression, seed);
        remember.put(HELD_BACK, whole.minus(Parameters.load(sent)));
        return sent;
    }
}
