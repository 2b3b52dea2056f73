package dev.hansa.core.client;

import dev.hansa.core.compress.Compressor;
import dev.hansa.core.compress.UnwritableValueException;
import dev.hansa.core.data.Examples;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.DriftCorrection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** One local training, from what was sent and is remembered to the update and what is to be remembered. */
final class Fitting {
    /** What was held back of updates. */
    static final String HELD_BACK = "heldBack";
    /** What a {@link DriftCorrection} keeps. */
    static final String DRIFT = "drift";
    /** A model of its own beside the shared one, which no noise hides. */
    static final String BESIDE = "beside";

    private final Task.Fit task;
    private final Learner learner;
    private final DataMemory memory;
    private final DriftCorrection correction;
    private final OwnLayers own;
    private final NoiseSource noise;
    private final Releases releases;
    private final SortedMap<String, Parameters> remember = new TreeMap<>();

    /** @param noise for updates that are protected by it */
    Fitting(Task.Fit task, Learner learner, ClientMemory memory, NoiseSource noise) {
        this.noise = noise;
        this.task = task;
        this.learner = learner;
        this.memory = new DataMemory(memory, task);
        this.releases = new Releases(task, memory);
        this.correction = DriftCorrection.of(task.training());
        this.own = new OwnLayers(task.personalization(), learner.layout());
        task.parameters().requireSameLayout(correction.layout(own.shared()));
        if (correction.remembers() && !own.names().isEmpty()) {
            throw new IllegalArgumentException("layers of its own cannot be kept from drifting apart by "
                    + task.training().drift());
        }
    }

    /** Trains on all of these, of which there is at least one. */
    Report on(Examples examples, BooleanSupplier timeIsUp) throws InterruptedException {
        Optional<String> objection = task.training().privacy().flatMap(privacy -> objection(privacy, examples.size()));
        if (objection.isPresent()) {
            return new Report.Refused(objection.get());
        }
        if (releases.isTold()) {
            return new Report.Failed(
                    "its update of round " + task.round() + " has been told, with noise; another would give"
                            + " away as much again. It takes part in the next round");
        }
        Optional<Parameters> before = task.isRemembered() ? memory.of(task.counted()) : Optional.empty();
        DriftCorrection.Start start = correction.start(task.parameters(), part(name(DRIFT), before, own.shared()));
        Parameters model = whole(start.model(), before);
        Sums first = task.training().measureStart() ? lossOf(model, examples) : Sums.NONE;
        Learner.Trained trained = train(model, examples, start.gradient(), timeIsUp);
        if (trained.share() == 0) {
            return new Report.Failed("the time of the round was over before the first step of training");
        }
        Optional<Parameters> ownLayers = own.ownOf(trained.parameters());
        Parameters moved = trained.parameters().intoDifference(model);
        DriftCorrection.End end = correction.end(start, own.sharedOf(moved), trained.sums().get(Sums.STEPS));
        if (!task.isProtected() && (!moved.isFinite() || correction.remembers() && !end.difference().isFinite())) {
            return new Report.Failed("local training diverged: the parameters are no longer finite numbers; a smaller "
                    + "training.rate may help");
        }
        end.remember().filter(Parameters::isFinite).ifPresent(kept -> remember.put(name(DRIFT), kept));
        ownLayers.filter(Parameters::isFinite).ifPresent(kept -> remember.put(name(OwnLayers.NAME), kept));
        if (task.personalization() instanceof Ditto ditto) {
            Parameters mine = besides(ditto, model, part(BESIDE, before, model.layout()), examples, timeIsUp);
            if (!mine.isFinite() && !task.isProtected()) {
                return new Report.Failed("the training of its own model diverged; a smaller personalization.lambda, or"
                        + " training.rate, may help");
            }
            if (mine.isFinite()) {
                remember.put(BESIDE, mine);
            }
        }
        if (task.protection().isPresent()) {
            return protectedReport(task.protection().get(), end.difference());
        }
        ParameterSource sent =
                compressed(finite(end.difference()), part(name(HELD_BACK), before, task.parameters().layout()));
        keep();
        return new Report.Fitted(new ModelUpdate(sent, examples.size(), trained.sums().plus(first), trained.share()));
    }

    /** Why so many rows cannot be hidden in that way. */
    private static Optional<String> objection(ExamplePrivacy privacy, int rows) {
        return privacy.delta() * rows < 1
                ? Optional.empty()
                : Optional.of("each row is to be hidden with a delta of " + privacy.delta() + ", and there are " + rows
                        + " rows to train on: to give away one of them whole would keep such a promise; expected a"
                        + " privacy.delta far below " + 1.0 / rows);
    }

    /** Nothing but the update leaves, whatever became of the training: that it diverged would tell of the rows, too. */
    private Report protectedReport(Protection protection, Parameters difference) {
        if (correction.remembers() || task.compression().isSparse()) {
            throw new IllegalArgumentException("an update is to be protected that tells of earlier rounds");
        }
        keep();
        Protecting protecting = new Protecting(protection);
        Parameters sent = protecting.protect(difference, noise.bytes(task.seed().derive("noise")));
        return new Report.Fitted(new ModelUpdate(compressed(sent, Optional.empty()), 1, protecting.sums(difference)));
    }

    private void keep() {
        if (!remember.isEmpty()) {
            memory.keep(task.counted(), task.round(), remember);
        }
        releases.note();
    }

    /** With what of the model is the client's own. */
    private Parameters whole(Parameters received, Optional<Parameters> before) {
        Optional<Parameters> first = OwnLayers.first(task.personalization(), learner);
        return first.isPresent()
                ? own.with(received,
                        Optional.of(part(name(OwnLayers.NAME), before, first.get().layout()).orElseGet(first::get)))
                : received;
    }

    /**
     * The client's own model after as much training, drawn to the shared one w: the gradient of λ/2 ‖v - w‖² is
     * {@code λ (v - v0) + λ (v0 - w)}, a pull to where training begins and a constant.
     */
    private Parameters besides(Ditto ditto, Parameters shared, Optional<Parameters> before, Examples examples,
            BooleanSupplier timeIsUp) throws InterruptedException {
        Parameters start = before.orElse(shared);
        LocalTraining training =
                task.training().withoutPrivacy().withDrift(LocalTraining.Drift.UNCORRECTED)
                        .withProximalMu(ditto.lambda());
        return learner
                .fit(start, examples, training, Optional.of(start.minus(shared).times(ditto.lambda())), task.seed(),
                        timeIsUp)
                .parameters();
    }

    /** All at once, or first what is the client's own, with the rest as it was sent, and then the rest. */
    private Learner.Trained train(Parameters model, Examples examples, Optional<Parameters> gradient,
            BooleanSupplier timeIsUp) throws InterruptedException {
        OptionalInt headEpochs = task.personalization() instanceof LocalLayers layers
                ? layers.headEpochs()
                : OptionalInt.empty();
        if (task.training().privacy().isPresent()) {
            if (headEpochs.isPresent()) {
                throw new IllegalArgumentException("layers of its own that are trained first tell of rows by what the"
                        + " others learn on them; expected no headEpochs where each row is to be hidden");
            }
            return learner.fitPrivately(model, examples, task.training(), gradient, Collections.emptySet(),
                    noise.bytes(task.seed().derive("rows")), timeIsUp);
        }
        if (!headEpochs.isPresent()) {
            return learner.fit(model, examples, task.training(), gradient, task.seed(), timeIsUp);
        }
        Parameters withHead = learner.fit(model, examples, task.training().withEpochs(headEpochs.getAsInt()),
                Optional.empty(), own.sharedNames(), task.seed().derive("head"), timeIsUp).parameters();
        return learner.fit(withHead, examples, task.training(), gradient, own.names(), task.seed(), timeIsUp);
    }

    /**
     * What is called so and goes into what is sent. A training that hides rows may begin with what such trainings kept alone:
     * of all else its noise hides nothing.
     */
    private String name(String what) {
        return task.training().privacy().isPresent() ? hidden(what) : what;
    }

    /** What is called so, kept by a training that hides rows. */
    static String hidden(String what) {
        return what + "-hidden";
    }

    /** Of what another version or another model remembered there is no such part. */
    static Optional<Parameters> part(String name, Optional<Parameters> before, Layout layout) {
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
            return written(difference, seed);
        }
        Parameters whole = finite(heldBack.map(difference::plus).orElse(difference));
        ParameterSource sent = written(whole, seed);
        remember.put(name(HELD_BACK), whole.minus(Parameters.load(sent)));
        return sent;
    }

    /** Of an update that noise hides zeros, if it is not finite. */
    private Parameters finite(Parameters values) {
        return task.isProtected() && !values.isFinite() ? Parameters.zeros(values.layout()) : values;
    }

    /** What noise hides is told and paid for, zeros if it cannot be written: a failure would tell of it and cost nothing. */
    private ParameterSource written(Parameters values, Seed seed) {
        try {
            return Compressor.compress(values, task.compression(), seed);
        } catch (UnwritableValueException e) {
            if (!task.isProtected()) {
                throw e;
            }
            return Compressor.compress(Parameters.zeros(values.layout()), task.compression(), seed);
        }
    }
}
