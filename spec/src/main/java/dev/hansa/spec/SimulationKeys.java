package dev.hansa.spec;

import dev.hansa.core.simulation.DirichletLabels;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Section;
import java.util.Optional;

/** {@code simulation}: what is simulated where there are no nodes. */
final class SimulationKeys {
    private static final String NONE = "none";
    private static final String IID = "iid";
    private static final String COLUMN_OF = "column";
    private static final String DIRICHLET = "dirichlet";
    private static final String SHARDS_OF = "shards";
    private static final String POWER_LAW = "powerLaw";

    static final Key<Integer> CLIENTS = Key.required("clients", Scalars.wholeNumber(1), "100",
            "How many clients there are.");
    static final Key<Double> ALPHA = Key.required("alpha",
            Scalars.number("a number above 0, from 0.000001 to 1000000",
                    alpha -> alpha >= DirichletLabels.LEAST && alpha <= DirichletLabels.MOST),
            "0.3",
            "How alike clients are: with 0.1 most have few classes, with 100 nearly the same shares of all.");
    static final Key<Integer> SHARDS = Key.required("shards", Scalars.wholeNumber(1), "2",
            "How many pieces of the rows, sorted by label, each client gets.");
    static final Key<Double> EXPONENT = Key.required("exponent",
            Scalars.number("a number of 0 or more", exponent -> exponent >= 0), "1.5",
            "The client of rank r gets rows in proportion to r^-exponent; with 0 all get as many.");
    static final Key<String> COLUMN = Key.required("column", Columns.NAME, "writer",
            "The column, which the model need not read, whose values are the clients.");
    static final Key<Alternatives.Choice> PARTITION = Key.optional("partition",
            new Alternatives(Form.word(NONE), Form.typed(IID, CLIENTS), Form.typed(COLUMN_OF, COLUMN),
                    Form.typed(DIRICHLET, CLIENTS, ALPHA), Form.typed(SHARDS_OF, CLIENTS, SHARDS),
                    Form.typed(POWER_LAW, CLIENTS, EXPONENT)),
            NONE,
            "How one file (hansa simulate --data all.csv) is divided among clients. iid: random rows for each. column: a client"
                    + " for each value of a column. dirichlet: as many rows for each, of other classes. shards: rows of few"
                    + " labels for each. powerLaw: many rows for few, few for many. docs/simulation.md helps to choose;"
                    + " --partition says it without the file.");
    static final Key<Entries> SIMULATION = Key.optional("simulation", new Section(PARTITION, DeviceKeys.DEVICES), "{}",
            "What hansa simulate takes for the nodes; real runs do not look at it, so the same file serves both.");

    private SimulationKeys() {}

    static SimulationSpec build(Entries simulation) {
        return new SimulationSpec(partition(simulation.get(PARTITION)),
                DeviceKeys.build(simulation.get(DeviceKeys.DEVICES)));
    }

    /** The partition, as far as it could be read. */
    static Optional<Partition> partition(Alternatives.Choice choice) {
        Entries entries = choice.entries();
        if (!entries.isWhole()) {
            return Optional.empty();
        }
        return switch (choice.form()) {
            case IID -> Optional.of(new Partition.Iid(entries.get(CLIENTS)));
            case COLUMN_OF -> Optional.of(new Partition.ByColumn(entries.get(COLUMN)));
            case DIRICHLET -> Optional.of(new Partition.Dirichlet(entries.get(CLIENTS), entries.get(ALPHA)));
            case SHARDS_OF -> Optional.of(new Partition.Shards(entries.get(CLIENTS), entries.get(SHARDS)));
            case POWER_LAW -> Optional.of(new Partition.PowerLaw(entries.get(CLIENTS), entries.get(EXPONENT)));
            default -> Optional.empty();
        };
    }
}
