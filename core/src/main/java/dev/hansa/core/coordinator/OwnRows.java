package dev.hansa.core.coordinator;

import dev.hansa.core.FederationException;
import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Examples;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Table;
import dev.hansa.core.learn.LabelUnits;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.strategy.RoundPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the coordinator's own that a run works with: to measure its models on, and to train on what it trusts. They
 * have the run's schema and go through the preprocessing that all nodes' rows go through. For one thread.
 */
final class OwnRows {
    private final RunSpec spec;
    private final Learner learner;
    private final Map<String, Table> tables;
    private final Map<String, Examples> prepared = new TreeMap<>();
    private @Nullable Preprocessing last;

    /**
     * @param tables by name; others than the run asks for are not looked at
     * @throws IllegalArgumentException if the run asks for rows that are not there, or have another schema
     */
    OwnRows(RunSpec spec, Map<String, Table> tables) {
        this.spec = spec;
        this.tables = new TreeMap<>(tables);
        this.learner = Learners.of(spec.model(), spec.data().schema());
        for (String name : names(spec)) {
            Table table = tables.get(name);
            if (table == null || table.rows() == 0 || !table.schema().equals(spec.data().schema())) {
                throw new IllegalArgumentException("the run needs rows of the coordinator's own called " + name + ", "
                        + (table == null ? "and there are none; there are " + new TreeSet<>(tables.keySet())
                                : "of its schema, and got " + table.rows() + " of " + table.schema()));
            }
        }
    }

    /** The names of the rows that the run asks for. */
    static SortedSet<String> names(RunSpec spec) {
        List<String> names = new ArrayList<>();
        spec.evaluation().central().map(Evaluation.Central::rows).ifPresent(names::add);
        spec.strategy().trusts().ifPresent(names::add);
        return new TreeSet<>(names);
    }

    /** How rows of that name are to be read: all of them are looked at. */
    static DataSpec toRead(RunSpec spec, String name) {
        return new DataSpec(name, spec.data().schema(), new HoldOut.None(), spec.data().standardise());
    }

    /** The model on the rows to measure on; {@link Sums#NONE} if there are none. */
    Sums measure(Parameters model, Preprocessing preprocessing) {
        return spec.evaluation().central().map(central -> LabelUnits.of(preprocessing.label(),
                learner.evaluate(model, examples(central.rows(), preprocessing), spec.evaluation().detail())))
                .orElse(Sums.NONE);
    }

    /**
     * The rule of the plan; if it trusts rows, the coordinator trains on them here, with all of the plan's training, whatever
     * time clients have.
     *
     * @throws FederationException if that training diverges
     */
    Aggregator rule(RoundPlan plan, Preprocessing preprocessing, Seed seed) throws InterruptedException {
        Optional<String> trusted = plan.aggregator().trusts();
        if (!trusted.isPresent()) {
            return plan.aggregator();
        }
        Parameters update =
                learner.fit(plan.parameters(), examples(trusted.get(), preprocessing), plan.training(), seed)
                        .parameters().minus(plan.parameters());
        if (!update.isFinite()) {
            throw new FederationException("training on the coordinator's own rows " + trusted.get()
                    + " diverged: the parameters are no longer finite numbers; a smaller training.rate may help",
                    false);
        }
        return plan.aggregator().trusting(update);
    }

    private Examples examples(String name, Preprocessing preprocessing) {
        if (!preprocessing.equals(last)) {
            prepared.clear();
            last = preprocessing;
        }
        return prepared.computeIfAbsent(name, rows -> {
            Table table = Objects.requireNonNull(tables.get(rows));
            return preprocessing.apply(table, table.rows(false));
        });
    }
}
