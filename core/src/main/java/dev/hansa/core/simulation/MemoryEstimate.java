package dev.hansa.core.simulation;

import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.Schema;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec.Precision;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.ServerAdaptive;
import dev.hansa.core.strategy.ServerSgd;
import java.util.OptionalInt;

/**
 * How much of the heap the simulation of a run takes when it takes most, told before it begins; in bytes. Counted is what
 * grows with the model, the clients, their rows and the rounds, each as if it were needed at the same time as all else: it is
 * rather too much than too little, by no more than a factor of three beside what a process takes anyway.
 *
 * @param rows    of all clients, raw and as examples
 * @param models  that the coordinator has: the model, the memory of the strategy, the aggregate
 * @param workers the models and updates of those who train at once
 * @param updates that wait for a rule which looks at all of a round
 * @param clients what clients keep from round to round, and models of their own
 * @param records of the rounds
 */
public record MemoryEstimate(long rows, long models, long workers, long updates, long clients, long records) {
    /** What is there before, and what nobody counts. */
    private static final long REST = 16L << 20;
    /** Of a client that is not there: its id, its place in each map, what the run knows of it. */
    private static final long ID = 400;
    /** Of a client that is there, beside its rows. */
    private static final long CLIENT = 1500;
    /** Of an array, beside what is in it, and the reference to it. */
    private static final long ARRAY = 24;
    /** What a record keeps of one client that trained, or measured. */
    private static final long PART = 400;

    /**
     * The clients, and where their rows are.
     *
     * @param number   how many there are
     * @param rows     of all together
     * @param examples that the rows give: one each, of running text more or fewer
     * @param held     whether all rows are on the heap, whoever is asked
     * @param copied   whether a client has a copy of its rows, for as long as it is there
     * @param room     bytes that clients may take together that are kept, beside those at work
     */
    public record Clients(long number, long rows, long examples, boolean held, boolean copied, long room) {

        /** Each has a table of its own on the heap, and all are kept. */
        public static Clients withTables(long number, long rows) {
            return new Clients(number, rows, rows, true, false, Long.MAX_VALUE);
        }
    }

    /**
     * How much there is of all.
     *
     * @param cohort  how many are asked to train in a round
     * @param threads that train at once
     */
    public record Load(Clients clients, long cohort, int threads) {

        /** The same with so many threads. */
        public Load onThreads(int fewer) {
            return new Load(clients, cohort, fewer);
        }

        /** The same with so many clients a round. */
        public Load ofCohort(long smaller) {
            return new Load(clients, smaller, threads);
        }
    }

    /** Of the run with as many clients a round as it says. */
    public static Load load(RunSpec spec, Clients clients, int threads) {
        OptionalInt asked = spec.cohort().asked();
        return new Load(clients, asked.isPresent() ? Math.min(clients.number, asked.getAsInt()) : clients.number,
                threads);
    }

    /** Of the run. */
    public static MemoryEstimate of(RunSpec spec, Load load) {
        Learner learner = Learners.of(spec.model(), spec.data().schema());
        long model = (long) Float.BYTES * learner.layout().size();
        long number = load.clients.number;
        long trained = Math.min(number, load.cohort * spec.rounds());
        return new MemoryEstimate(rows(spec.data().schema(), load), model * models(spec),
                load.threads * (worker(spec, model) + learner.bufferBytes()), collects(spec) ? load.cohort * model : 0,
                trained * kept(spec, model) + number * own(spec, model),
                PART * (spec.rounds() * load.cohort + measured(spec) * spec.evaluation().measuring(number)));
    }

    /** In how many rounds clients measure the model. */
    private static long measured(RunSpec spec) {
        Evaluation evaluation = spec.evaluation();
        return evaluation.every() == 0 || evaluation.central().filter(Evaluation.Central::alone).isPresent()
                ? 0
                : spec.rounds() / evaluation.every() + 1L;
    }

    private static long rows(Schema schema, Load load) {
        Clients clients = load.clients;
        long columns = schema.features().size() + 1L;
        long tables = (clients.held ? clients.rows * rowBytes(schema) + textBytes(schema, clients) : 0)
                + (clients.copied ? Integer.BYTES * clients.rows : ARRAY * columns * clients.number);
        long made = made(schema, clients);
        long atWork = 2L * load.threads * (made / Math.max(1, clients.number) + 1);
        return tables + ID * clients.number + Math.min(made, saturated(clients.room, atWork));
    }

    /** What all clients take if they are there, beside tables that they share: themselves, their rows and their examples. */
    public static long made(Schema schema, Clients clients) {
        long columns = schema.features().size() + 1L;
        return clients.number * (CLIENT + (clients.copied ? ARRAY * columns : 0))
                + (clients.copied ? clients.rows * rowBytes(schema) + textBytes(schema, clients) : 0)
                + clients.examples * Float.BYTES * (schema.inputs() + 1L);
    }

    private static long saturated(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private static long rowBytes(Schema schema) {
        return Double.BYTES * (schema.features().size() + 1L) + 2;
    }

    /** Of running text: as many characters as there are from one example to the next. */
    private static long textBytes(Schema schema, Clients clients) {
        return schema.label() instanceof Column.NextCharacter next
                ? Character.BYTES * next.every() * clients.examples
                : 0;
    }

    /**
     * Before a round, and the best; the strategy's memory twice; the sum in double precision, and what comes of it. With a
     * drift correction the sum is twice as long, for clients tell of it too, and so is what they are sent.
     */
    private static long models(RunSpec spec) {
        int clusters = spec.personalization() instanceof Personalization.Clusters several ? several.number() : 1;
        return clusters * (2 + 2 * slots(spec) + (hasDrift(spec) ? 2 * 3 + 2 : 3)) + noise(spec) + whole(spec);
    }

    /** What noise leaves for later rounds, before a round and after it, and in double precision while it is made. */
    private static long noise(RunSpec spec) {
        return spec.privacy().map(plan -> 3L * plan.halves().remembered()).orElse(0L);
    }

    /** Updates as whole numbers: padded to less than twice the size, as they are sent, rotated and rounded. */
    private static long whole(RunSpec spec) {
        boolean isWhole =
                spec.privacy().filter(plan -> plan.privacy().mechanism() instanceof Mechanism.Distributed).isPresent();
        return isWhole ? 2 * (Long.BYTES + Double.BYTES + Float.BYTES) / Float.BYTES + 2 : 0;
    }

    private static long slots(RunSpec spec) {
        if (!(spec.strategy() instanceof Combination combination)) {
            return 2;
        }
        long optimizer = combination.optimizer() instanceof ServerAdaptive ? 2
                : combination.optimizer() instanceof ServerSgd sgd && sgd.momentum() == 0 ? 0 : 1;
        return optimizer + (hasDrift(spec) ? 1 : 0) + (combination.aggregator().looksBack() ? 1 : 0);
    }

    private static boolean hasDrift(RunSpec spec) {
        return spec.strategy() instanceof Combination combination
                && combination.training().drift() != Drift.UNCORRECTED;
    }

    /**
     * Values and gradient of a network, perhaps velocity and what draws it, and where rows are hidden the sum of their
     * gradients; what it came to; and the answers that wait, two a thread, which tell of drift as well.
     */
    private static long worker(RunSpec spec, long model) {
        long values = spec.model().precision() == Precision.SINGLE ? 1 : Double.BYTES / Float.BYTES;
        boolean moving = spec.strategy() instanceof Combination combination
                && (combination.training().momentum() > 0 || combination.training().proximalMu() > 0);
        boolean hidesRows = spec.privacy().filter(plan -> plan.privacy().mechanism().hidesRows()).isPresent();
        return model * (values * (2 + (moving ? 2 : 0) + (hasDrift(spec) ? 1 : 0)) + 1 + 2 * (hasDrift(spec) ? 2 : 1)
                + 2 * whole(spec) + (hidesRows ? Double.BYTES / Float.BYTES : 0));
    }

    private static boolean collects(RunSpec spec) {
        return spec.strategy() instanceof Combination combination && combination.aggregator().keepsUpdates();
    }

    /** What a client that has trained remembers, of this round and of the one before that counted. */
    private static long kept(RunSpec spec, long model) {
        boolean own = spec.personalization() instanceof Personalization.Ditto
                || spec.personalization() instanceof Personalization.LocalLayers;
        return 2 * model * ((hasDrift(spec) ? 1 : 0) + (spec.compression().isSparse() ? 1 : 0) + (own ? 1 : 0));
    }

    /** Each client's model after the last round. */
    private static long own(RunSpec spec, long model) {
        return model * ((spec.evaluation().crossSite() ? 1 : 0) + (spec.personalization().isNone() ? 0 : 1));
    }

    /** All together. */
    public long bytes() {
        return REST + rows + models + workers + updates + clients + records;
    }
}
