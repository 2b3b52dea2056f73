package dev.hansa.cli.audit;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.report.AuditFindings;
import dev.hansa.cli.report.AuditFindings.Canaries;
import dev.hansa.cli.report.AuditFindings.Promise;
import dev.hansa.cli.simulate.SimulationJob;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.Column;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.accounting.GroupOfTwo;
import dev.hansa.core.privacy.accounting.PrivacyCurve;
import dev.hansa.core.privacy.audit.OneRunAudit;
import dev.hansa.core.privacy.audit.Roc;
import dev.hansa.core.privacy.event.Adjacency;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/**
 * Attacks the model of a run: trains it on a random half of the rows, and models of an attacker's on others, and looks how well
 * these tell the halves apart.
 */
public final class RunAudit {
    public static final double CONFIDENCE = 0.95;
    /** By which the guesses about canaries are judged where nothing is promised. */
    private static final double USUAL_DELTA = 1e-5;
    /** The parts of the canaries that are guessed at: the surest alone, a half, all. */
    private static final double[] GUESSED = {0.1, 0.5, 1};

    private final AuditTraining training;
    private final AuditedRows rows;
    private final int shadows;
    private final Seed seed;

    private RunAudit(AuditTraining training, AuditedRows rows, int shadows, Seed seed) {
        this.training = training;
        this.rows = rows;
        this.shadows = shadows;
        this.seed = seed;
    }

    /** Shows what goes on. */
    @FunctionalInterface
    public interface Watcher {
        /** Trains the model of that number, from 0, in view. */
        Checkpoint train(int number, Training model) throws InterruptedException;
    }

    /** One model to be trained. */
    @FunctionalInterface
    public interface Training {
        Checkpoint under(Consumer<RunEvent> listener) throws InterruptedException;
    }

    /**
     * Refuses what cannot be attacked.
     *
     * @throws CommandException naming why
     */
    public static void check(RunSpec spec) {
        if (spec.data().schema().label() instanceof Column.NextCharacter) {
            throw CommandException.usage("an audit asks of each row whether it was learned from, and a row of running"
                    + " text is many examples (the label is the next character of "
                    + spec.data().schema().label().name()
                    + "); expected a label that is a number or a category");
        }
        if (spec.data().schema().label() instanceof Column.Category category && category.categories().size() < 2) {
            throw CommandException.usage("the label " + category.name() + " has one category, so that no row can have a"
                    + " wrong one; expected two or more");
        }
        if (!spec.personalization().isNone()) {
            throw CommandException.usage("an audit attacks the one model of a run, and with personalization each client"
                    + " has its own; expected a run file without personalization");
        }
    }

    /**
     * The audit of a run on these rows.
     *
     * @param shadows  models of the attacker's, an even number
     * @param canaries of so many audited rows
     * @throws CommandException if there are too few rows
     */
    public static RunAudit of(RunSpec spec, SimulationJob.Rows on, int threads, int shadows,
            IntUnaryOperator canaries, Seed seed) {
        return new RunAudit(new AuditTraining(spec, on.own(), threads),
                new AuditedRows(spec, on.clients(), canaries, seed), shadows, seed);
    }

    /** How many models are trained. */
    public int models() {
        return 1 + shadows;
    }

    /** Carries it all out. */
    public AuditFindings findings(Watcher watcher) throws InterruptedException {
        RunSpec spec = training.spec();
        Learner learner = Learners.of(spec.model(), spec.data().schema());
        boolean[] in = rows.coins(seed.derive("members"));
        Checkpoint target = trained(0, in, watcher);
        double[] sure = Confidences.of(target, learner, rows);
        Shadows known = new Shadows();
        for (int pair = 0; pair < shadows / 2; pair++) {
            boolean[] one = rows.coins(seed.derive("shadow").derive(pair));
            boolean[] other = new boolean[one.length];
            for (int i = 0; i < one.length; i++) {
                other[i] = !one[i];
            }
            known.add(one, Confidences.of(trained(1 + 2 * pair, one, watcher), learner, rows));
            known.add(other, Confidences.of(trained(2 + 2 * pair, other, watcher), learner, rows));
        }
        double[] ratios = known.likelihoodRatios(sure);
        Optional<Promise> promise = spec.privacy().map(plan -> promise(plan, target.state().round()));
        double delta = promise.map(Promise::delta).orElse(USUAL_DELTA);
        return new AuditFindings(spec.name(), rows.parts().size(), rows.size(), models(), target.state().round(),
                roc(sure, in), roc(ratios, in), canaries(ratios, in, delta), promise,
                new UpdateReading(spec, learner, target).read(rows));
    }

    private Checkpoint trained(int number, boolean[] in, Watcher watcher) throws InterruptedException {
        return watcher.train(number, listener -> training.train(rows.tables(in), listener));
    }

    /** Of rows that are what they are: canaries are easier to find. */
    private Roc roc(double[] scores, boolean[] in) {
        return new Roc(AuditedRows.select(scores, row -> in[row] && !rows.isCanary(row)),
                AuditedRows.select(scores, row -> !in[row] && !rows.isCanary(row)));
    }

    /** The best of a few numbers of guesses, each judged so strictly that all of them hold together. */
    private Optional<Canaries> canaries(double[] ratios, boolean[] in, double delta) {
        double[] scores = AuditedRows.select(ratios, rows::isCanary);
        if (scores.length == 0) {
            return Optional.empty();
        }
        boolean[] tookPart = new boolean[scores.length];
        int next = 0;
        for (int row = 0; row < in.length; row++) {
            if (rows.isCanary(row)) {
                tookPart[next++] = in[row];
            }
        }
        double strict = 1 - (1 - CONFIDENCE) / GUESSED.length;
        List<Canaries> found = new ArrayList<>();
        for (double part : GUESSED) {
            int each = Math.max(1, (int) (part * scores.length / 2));
            OneRunAudit audit = OneRunAudit.of(scores, tookPart, Math.min(each, scores.length - each),
                    Math.min(each, scores.length / 2));
            found.add(new Canaries(audit, delta, audit.epsilon(delta, strict),
                    new OneRunAudit(audit.canaries(), audit.guesses(), audit.guesses()).epsilon(delta, strict)));
        }
        double most = found.stream().mapToDouble(Canaries::most).max().orElse(0);
        return found.stream().max(Comparator.comparingDouble(Canaries::epsilon).thenComparingInt(
                one -> one.guesses().guesses()))
                .map(best -> new Canaries(best.guesses(), delta, best.epsilon(), most));
    }

    /** For a client as a whole, as it is promised, and for one row of its, which is to exchange the client for another. */
    private static Promise promise(PrivacyPlan plan, int rounds) {
        PrivacyCurve client = plan.curve(rounds);
        Adjacency adjacency = plan.drawing().adjacency();
        boolean hidesRows = plan.privacy().mechanism().hidesRows();
        boolean isOfARow = adjacency == Adjacency.REPLACE_ONE || hidesRows;
        PrivacyCurve row = isOfARow ? client : new GroupOfTwo(client);
        double delta = plan.privacy().delta();
        return new Promise(hidesRows ? OptionalDouble.empty() : OptionalDouble.of(client.epsilon(delta)), delta,
                row.epsilon(delta), hidesRows ? adjacency.words("row") : adjacency.words());
    }
}
