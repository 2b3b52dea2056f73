package dev.hansa.core.client;

import dev.hansa.core.FederationException;
import dev.hansa.core.data.DataException;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Examples;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.learn.LabelUnits;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.learn.LearnerPool;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.statistics.Tally;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs tasks on the data of one owner.
 *
 * <p>Guarantee: a report holds no row; what leaves are the sums, counts and parameters that {@link Report} names. Not
 * safe for several threads. Between tasks it keeps the rows of the last data set it read, as nothing but a cache.
 */
public final class Client {
    /** A clock that stands still. */
    public static final LongSupplier TIMELESS = () -> 0;
    /** For simulations, whose clients each have noise of their own there. */
    private static final Seed NOISE_OF_STATISTICS = new Seed(0).derive("statistics");

    private final Map<String, DataSource> sources;
    private final Consent consent;
    private final ClientMemory memory;
    private final LongSupplier nanos;
    private final NoiseSource noise;
    private final LearnerPool own = new LearnerPool();
    private @Nullable Prepared last;

    /**
     * Of an owner who lets every task be done, and without a clock: it does all of a training, however little time the task
     * gives, as a simulation must that is to end in the same bytes each time.
     *
     * @param sources by the names under which the owner serves them
     */
    public Client(Map<String, DataSource> sources) {
        this(sources, Consent.TO_ALL, ClientMemory.inMemory(), TIMELESS);
    }

    /**
     * @param sources by the names under which the owner serves them
     * @param consent is asked about each task before anything is read
     * @param memory  of earlier rounds
     * @param nanos   a clock that only goes forward, for the time that a task gives
     */
    public Client(Map<String, DataSource> sources, Consent consent, ClientMemory memory, LongSupplier nanos) {
        this(sources, consent, memory, nanos, NoiseSource.SECRET);
    }

    /** The same whose noise comes from there. */
    public Client(Map<String, DataSource> sources, Consent consent, ClientMemory memory, LongSupplier nanos,
            NoiseSource noise) {
        this.noise = noise;
        this.sources = new TreeMap<>(sources);
        this.consent = consent;
        this.memory = memory;
        this.nanos = nanos;
    }

    /**
     * Performs the task; never throws for what is wrong with task or data, but says so in the report.
     *
     * @throws InterruptedException if the thread was interrupted while training
     */
    public Report perform(Task task) throws InterruptedException {
        return perform(task, own);
    }

    /** The same with learners that others use too. */
    public Report perform(Task task, LearnerPool learners) throws InterruptedException {
        try {
            Optional<Report> instead = consent.instead(task);
            if (instead.isPresent()) {
                return instead.get();
            }
            if (task instanceof Task.Describe describe) {
                return describe(describe);
            } else if (task instanceof Task.Statistics statistics) {
                return statistics(statistics);
            } else if (task instanceof Task.Fit fit) {
                return fit(fit, learners);
            } else if (task instanceof Task.Evaluate evaluate) {
                return evaluate(evaluate, learners);
            } else if (task instanceof Task.Personalise personalise) {
                return personalise(personalise, learners);
            }
            throw new AssertionError(task);
        } catch (DataException e) {
            return new Report.Refused(String.valueOf(e.getMessage()));
        } catch (FederationException e) {
            return new Report.Failed(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return new Report.Refused("the task contradicts itself: " + e.getMessage());
        }
    }

    private Report describe(Task.Describe task) {
        last = null; // the owner may have changed the data since the last run
        Table table = prepared(task.data()).table;
        TableStatistics statistics = TableStatistics.of(table);
        if (statistics.trainingRows() == 0) {
            return new Report.Refused("the data set " + task.data().set() + " has no row to train on");
        }
        return task.hidden()
                .map(asked -> new Report.Described(statistics.rowsAlone(),
                        new ToldMoments(task.run(), task.data(), memory).of(asked, table, noise.bytes(task.seed()))))
                .orElseGet(() -> new Report.Described(
                        task.data().standardise() ? statistics : statistics.rowsAlone()));
    }

    private Report statistics(Task.Statistics task) {
        last = null; // as above
        Table table = prepared(task.data()).table;
        return new Report.Summed(Tally.of(task.question(), table, noise.bytes(NOISE_OF_STATISTICS)));
    }

    private Report fit(Task.Fit task, LearnerPool learners) throws InterruptedException {
        BooleanSupplier timeIsUp = task.timeLeft().map(this::over).orElse(() -> false);
        Examples examples = prepared(task.data()).examples(task.preprocessing(), false);
        if (examples.size() == 0) {
            return new Report.Refused("the data set " + task.data().set() + " has no row to train on");
        }
        Learner learner = learners.of(task.model(), task.data().schema());
        if ((task.protection().isPresent() || task.training().privacy().isPresent())
                && task.personalization() instanceof Clusters) {
            throw new IllegalArgumentException("which of several models was chosen cannot be protected");
        }
        return task.personalization() instanceof Clusters clusters
                ? new Clustering(clusters, learner).fit(task, memory, examples, timeIsUp)
                : new Fitting(task, learner, memory, noise).on(examples, timeIsUp);
    }

    /** Whether the time, which begins now, is over. */
    private BooleanSupplier over(Duration time) {
        long begin = nanos.getAsLong();
        return () -> Duration.ofNanos(nanos.getAsLong() - begin).compareTo(time) >= 0;
    }

    private Report evaluate(Task.Evaluate task, LearnerPool learners) {
        Prepared rows = prepared(task.data());
        Examples examples = rows.examples(task.preprocessing(), true);
        Learner learner = learners.of(task.model(), task.data().schema());
        Optional<Parameters> model = new OwnModel(task.personalization(), learner, new DataMemory(memory, task),
                task.counted()).of(task.parameters(), () -> rows.examples(task.preprocessing(), false));
        Detail told = consent.told(task.detail(), task.data().schema().outputs(), examples.size());
        Sums sums = model.isPresent() ? learner.evaluate(model.get(), examples, told) : Sums.NONE;
        return new Report.Evaluated(LabelUnits.of(task.preprocessing().label(), sums));
    }

    private Report personalise(Task.Personalise task, LearnerPool learners) throws InterruptedException {
        Prepared rows = prepared(task.data());
        Examples training = rows.examples(task.preprocessing(), false);
        Examples heldOut = rows.examples(task.preprocessing(), true);
        if (training.size() == 0) {
            return new Report.Refused("the data set " + task.data().set() + " has no row to train on");
        }
        Detail told = consent.told(task.detail(), task.data().schema().outputs(), heldOut.size());
        return new Personalising(task, learners.of(task.model(), task.data().schema()), memory).on(training, heldOut,
                told);
    }

    private Prepared prepared(DataSpec data) {
        Prepared current = last;
        if (current == null || !current.data.equals(data)) {
            current = new Prepared(data, read(data));
            last = current;
        }
        return current;
    }

    private Table read(DataSpec data) {
        DataSource source = sources.get(data.set());
        if (source == null) {
            String problem = "this node serves no data set called " + data.set();
            throw new DataException(problem, problem + "; it serves " + sources.keySet());
        }
        Table table = source.read(data);
        if (!table.schema().equals(data.schema())) {
            throw new DataException("the data set " + data.set() + " has the columns " + table.schema()
                    + ", expected " + data.schema());
        }
        return table;
    }

    /** The rows of one data set, and as examples under the last preprocessing that was asked for. */
    private static final class Prepared {
        private final DataSpec data;
        private final Table table;
        private @Nullable Preprocessing preprocessing;
        private @Nullable Examples training;
        private @Nullable Examples heldOut;

        Prepared(DataSpec data, Table table) {
            this.data = data;
            this.table = table;
        }

        Examples examples(Preprocessing asked, boolean held) {
            if (!asked.equals(preprocessing)) {
                preprocessing = asked;
                training = null;
                heldOut = null;
            }
            Examples cached = held ? heldOut : training;
            if (cached == null) {
                cached = asked.apply(table, table.rows(held));
                if (held) {
                    heldOut = cached;
                } else {
                    training = cached;
                }
            }
            return cached;
        }
    }
}
