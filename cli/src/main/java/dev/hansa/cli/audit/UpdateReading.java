package dev.hansa.cli.audit;

import dev.hansa.cli.report.UpdateLeak;
import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.Examples;
import dev.hansa.core.data.Table;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.mechanism.PrivateRound;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.audit.LayerLeak;
import dev.hansa.core.privacy.audit.Proportion;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.simulation.SimulatedNoise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * What whoever sees the update of a single client, as the coordinator does, reads from it: rows from a first layer that is fully
 * connected, and classes from the biases of the last. It is the update of the first round, as the client protects it; without
 * what draws clients together.
 */
final class UpdateReading {
    /** So many clients are read from. */
    private static final int CLIENTS = 20;
    private static final String WEIGHT = "layer1.weight";
    private static final String BIAS = "layer1.bias";

    private final RunSpec spec;
    private final Learner learner;
    private final Checkpoint last;
    private final Parameters start;
    private final LocalTraining training;

    UpdateReading(RunSpec spec, Learner learner, Checkpoint last) {
        this.spec = spec;
        this.learner = learner;
        this.last = last;
        this.start = learner.initial(spec.seed());
        this.training = spec.strategy().plan(spec.strategy().start(start)).training().plain();
    }

    UpdateLeak read(AuditedRows rows) throws InterruptedException {
        if (halves().flatMap(PrivateRound::onClient).flatMap(Protection::quantised).isPresent()) { // nothing of a row is left in it to be read so
            return new UpdateLeak(0, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(),
                    Optional.empty(), Optional.empty(), true);
        }
        List<Double> ofOne = new ArrayList<>();
        List<Double> ofAll = new ArrayList<>();
        List<Double> byChance = new ArrayList<>();
        long named = 0;
        long right = 0;
        long there = 0;
        int clients = 0;
        for (AuditedRows.Part part : rows.parts().values()) {
            int[] kept = part.table().rows(false);
            if (kept.length == 0 || clients == CLIENTS) {
                continue;
            }
            clients++;
            if (readsRows()) {
                update(part.table(), Arrays.copyOf(kept, 1), training.withOneFullBatch())
                        .ifPresent(update -> ofOne
                                .add(nearest(update, examples(part.table(), Arrays.copyOf(kept, 1)))));
            }
            Optional<Parameters> whole = update(part.table(), kept, training);
            if (whole.isEmpty()) {
                continue;
            }
            Examples examples = examples(part.table(), kept);
            if (readsRows()) {
                ofAll.add(nearest(whole.get(), examples));
                byChance.add(nearest(chance(whole.get().layout(), clients), examples));
            }
            Optional<TensorShape> bias = lastBias();
            if (bias.isPresent()) {
                boolean[] present = new boolean[spec.data().schema().outputs()];
                for (float target : examples.targets()) {
                    present[(int) target] = true;
                }
                boolean[] told = LayerLeak.labels(values(whole.get(), bias.get().name()));
                for (int i = 0; i < present.length; i++) {
                    named += told[i] ? 1 : 0;
                    right += told[i] && present[i] ? 1 : 0;
                    there += present[i] ? 1 : 0;
                }
            }
        }
        return new UpdateLeak(clients, median(ofOne), median(ofAll), median(byChance),
                named == 0 ? Optional.empty() : Optional.of(new Proportion(right, named)),
                there == 0 ? Optional.empty() : Optional.of(new Proportion(right, there)), spec.privacy().isPresent());
    }

    private boolean readsRows() {
        return spec.model() instanceof ModelSpec.Linear || spec.model() instanceof ModelSpec.Softmax
                || spec.model() instanceof ModelSpec.Mlp;
    }

    private Optional<TensorShape> lastBias() {
        List<TensorShape> tensors = learner.layout().tensors();
        TensorShape end = tensors.getLast();
        return spec.data().schema().classification() && end.name().endsWith(".bias")
                && end.size() == spec.data().schema().outputs() ? Optional.of(end) : Optional.empty();
    }

    private Examples examples(Table table, int[] rows) {
        return last.preprocessing().apply(table, rows);
    }

    /** As of the first round. */
    private Optional<PrivateRound> halves() {
        return spec.privacy().map(promise -> promise.halves().begin(spec.strategy().start(start), spec.seed(),
                SimulatedNoise.SEEDED.bytes(spec.seed().derive("audit"))));
    }

    /** Empty if such a training is none. */
    private Optional<Parameters> update(Table table, int[] rows, LocalTraining asked) throws InterruptedException {
        Table kept = table.select(rows);
        Client client = new Client(Map.of(spec.data().set(), _ -> kept), Consent.TO_ALL, ClientMemory.inMemory(),
                Client.TIMELESS, SimulatedNoise.SEEDED);
        Optional<PrivateRound> halves = halves();
        LocalTraining training = halves.map(both -> both.training(asked.withSteps((int) asked.stepsOver(rows.length))))
                .orElse(asked);
        Task.Fit task = new Task.Fit("audit", 1, spec.data(), last.preprocessing(), spec.model(), start, training,
                spec.seed().derive("audit"));
        return client.perform(halves.flatMap(PrivateRound::onClient).map(task::protectedBy)
                .orElse(task)) instanceof Report.Fitted fitted
                        ? Optional.of(Parameters.load(fitted.update().difference()))
                        : Optional.empty();
    }

    /** How far what any output tells is from the row of the examples that it is nearest to. */
    private static double nearest(Parameters update, Examples examples) {
        float[] weights = values(update, WEIGHT);
        float[] biases = values(update, BIAS);
        double nearest = 1;
        for (int output = 0; output < biases.length; output++) {
            double[] read = LayerLeak.input(weights, biases, output);
            for (int row = 0; row < examples.size(); row++) {
                nearest = Math.min(nearest, LayerLeak.distance(read, Arrays.copyOfRange(examples.inputs(),
                        row * examples.width(), (row + 1) * examples.width())));
            }
        }
        return nearest;
    }

    /** Numbers that nothing can be read from. */
    private Parameters chance(Layout layout, int client) {
        SplittableRandom random = spec.seed().derive("chance").derive(client).random();
        float[] values = new float[layout.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Parameters.owning(layout, values);
    }

    private static float[] values(Parameters update, String tensor) {
        Layout layout = update.layout();
        int from = layout.offset(tensor);
        return Arrays.copyOfRange(update.toArray(), from, from + layout.tensor(tensor).size());
    }

    private static OptionalDouble median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
    }
}
