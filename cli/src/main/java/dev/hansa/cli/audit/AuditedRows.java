package dev.hansa.cli.audit;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.rows.ClientRows;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Seed;
import dev.hansa.core.simulation.TableSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The training rows of a run of which it is to be told whether they were learned from: a coin decides of each. Some of them,
 * the canaries, have the label of a wrong class or of another row, so that a model learns them by heart or not at all. Clients
 * with few rows keep all of theirs, for a half would not be enough to take part.
 */
final class AuditedRows {
    /** Of as many, hardly ever fewer than a client needs are left by their coins. */
    static final int LEAST_OF_CLIENT = 40;
    /** Fewer say next to nothing. */
    static final int LEAST = 100;
    /** Of which the attack on rows that are what they are needs some that were trained on, and some that were not. */
    private static final int LEAST_ORDINARY = 50;

    private final SortedMap<String, Part> parts = new TreeMap<>();
    private final boolean[] canaries;

    /**
     * A client's rows.
     *
     * @param table   with the labels of canaries
     * @param audited their places in the table, in the order of their numbers
     * @param first   the number of the first among all audited rows
     */
    record Part(Table table, List<Integer> audited, int first) {
        int[] rows() {
            return audited.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /**
     * @param wantedOf how many of so many audited rows are to be some
     * @throws CommandException if there are too few rows
     */
    AuditedRows(RunSpec spec, ClientRows rows, IntUnaryOperator wantedOf, Seed seed) {
        int number = 0;
        for (String client : rows.clients()) {
            Table table = new TableSource(rows.table(client)).read(spec.data());
            int[] training = table.rows(false);
            int[] audited = training.length < LEAST_OF_CLIENT ? new int[0] : training;
            parts.put(client, new Part(table, Arrays.stream(audited).boxed().toList(), number));
            number += audited.length;
        }
        if (number < LEAST) {
            throw CommandException.usage("there are " + Format.count(number, "row")
                    + " to audit, at clients with " + LEAST_OF_CLIENT + " or more to train on; expected at least "
                    + LEAST + ": fewer say next to nothing of who is among them. Give more rows, or fewer clients");
        }
        this.canaries = new boolean[number];
        int wanted = wantedOf.applyAsInt(number);
        if (wanted > number - LEAST_ORDINARY) {
            throw CommandException.usage("--canaries is " + wanted + ", and there are " + number
                    + " rows to audit; expected at most " + (number - LEAST_ORDINARY) + ", so that " + LEAST_ORDINARY
                    + " stay what they are");
        }
        mark(wanted, seed);
    }

    private void mark(int wanted, Seed seed) {
        SplittableRandom random = seed.derive("canaries").random();
        int[] order = IntStream.range(0, size()).toArray();
        for (int i = 0; i < wanted; i++) {
            int other = random.nextInt(i, order.length);
            int chosen = order[other];
            order[other] = order[i];
            order[i] = chosen;
            canaries[chosen] = true;
        }
        double[] labels = parts.values().stream()
                .flatMapToDouble(part -> part.audited.stream().mapToDouble(row -> part.table.labels()[row])).toArray();
        parts.replaceAll((_, part) -> new Part(relabelled(part, labels, random), part.audited, part.first));
    }

    private Table relabelled(Part part, double[] all, SplittableRandom random) {
        Table table = part.table;
        double[] labels = table.labels().clone();
        for (int i = 0; i < part.audited.size(); i++) {
            if (canaries[part.first + i]) {
                int row = part.audited.get(i);
                labels[row] = table.schema().label() instanceof Column.Category category
                        ? (labels[row] + 1 + random.nextInt(category.categories().size() - 1))
                                % category.categories().size()
                        : all[random.nextInt(all.length)];
            }
        }
        return new Table(table.schema(), table.features(), labels, table.heldOut(), table.texts());
    }

    /** How many rows are audited. */
    int size() {
        return canaries.length;
    }

    /** Whether the row of that number is a canary. */
    boolean isCanary(int number) {
        return canaries[number];
    }

    /** By client. */
    SortedMap<String, Part> parts() {
        return parts;
    }

    /** A fair coin for each. */
    boolean[] coins(Seed seed) {
        SplittableRandom random = seed.random();
        boolean[] in = new boolean[size()];
        for (int i = 0; i < in.length; i++) {
            in[i] = random.nextBoolean();
        }
        return in;
    }

    /** By client what there is to learn from, and to hold out, where the audited rows are those that are in. */
    SortedMap<String, Table> tables(boolean[] in) {
        SortedMap<String, Table> tables = new TreeMap<>();
        parts.forEach((client, part) -> {
            boolean[] kept = new boolean[part.table.rows()];
            Arrays.fill(kept, true);
            for (int i = 0; i < part.audited.size(); i++) {
                kept[part.audited.get(i)] = in[part.first + i];
            }
            tables.put(client, part.table.select(IntStream.range(0, kept.length).filter(row -> kept[row]).toArray()));
        });
        return tables;
    }

    /** The values at the numbers for which it is true, in their order. */
    static double[] select(double[] values, IntPredicate which) {
        List<Double> selected = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (which.test(i)) {
                selected.add(values[i]);
            }
        }
        return selected.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
