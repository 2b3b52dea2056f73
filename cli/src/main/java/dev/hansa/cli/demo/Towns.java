package dev.hansa.cli.demo;

import dev.hansa.cli.report.Comparison;
import dev.hansa.client.data.CsvSource;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Sums;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.model.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The two towns of the demo, whose rows only the demo itself sees together, to say what the federation was worth. */
public final class Towns {
    /** By whom the models of {@link #compare} are trained, in the order of its rows. */
    public enum By {
        ALICE_ALONE("Alice alone", "aliceAlone"),
        BOB_ALONE("Bob alone", "bobAlone"),
        FEDERATED("together (federated)", "federated"),
        POOLED("pooled (if data could be merged)", "pooled");

        private final String title;
        private final String key;

        By(String title, String key) {
            this.title = title;
            this.key = key;
        }

        /** For machines. */
        public String key() {
            return key;
        }
    }

    /** What the towns can train; each kind has a run file of its own. */
    public enum Model {
        LINEAR("run.yaml"),
        MLP("mlp.yaml");

        private final String file;

        Model(String file) {
            this.file = file;
        }

        /** The run file that comes with the program. */
        public RunFile runFile() {
            return RunFile.parse(HousingData.text(file), file);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final RunFile file;
    private final SortedMap<String, Path> rows;

    private Towns(RunFile file, SortedMap<String, Path> rows) {
        this.file = file;
        this.rows = rows;
    }

    /** Copies both towns' rows into the folder. */
    public static Towns unpack(RunFile file, Path folder) {
        SortedMap<String, Path> rows = new TreeMap<>();
        for (String town : List.of("alice", "bob")) {
            rows.put(town, HousingData.unpackRows(town, folder));
        }
        return new Towns(file, rows);
    }

    /** Each town's rows, by its name. */
    public SortedMap<String, Path> rows() {
        return rows;
    }

    /**
     * Trains each town alone and both as if their rows were in one place, by the same run file, and measures all models
     * on the rows that both towns held out.
     */
    public Comparison compare(ModelFile federated) throws InterruptedException {
        DataSource alice = source("alice");
        DataSource bob = source("bob");
        List<Comparison.Row> models = new ArrayList<>();
        for (By by : By.values()) {
            TrainedModel model = switch (by) {
                case ALICE_ALONE -> TrainedModel.alone(file.spec(), alice);
                case BOB_ALONE -> TrainedModel.alone(file.spec(), bob);
                case POOLED -> TrainedModel.alone(file.spec(), new Pooled(alice, bob));
                case FEDERATED -> new TrainedModel(file.spec(), federated.preprocessing(), federated.parameters());
            };
            Sums ofAlice = model.evaluate(alice);
            Sums ofBob = model.evaluate(bob);
            Metrics all = Metrics.of(ofAlice.plus(ofBob));
            models.add(new Comparison.Row(by.title,
                    List.of(rmse(all), rmse(Metrics.of(ofAlice)), rmse(Metrics.of(ofBob))),
                    all.get(Metrics.R2).orElseThrow(), by == By.FEDERATED));
        }
        return new Comparison("Error on rows that neither town trained on (RMSE, smaller is better)",
                List.of("RMSE all", "RMSE Alice's", "RMSE Bob's"), file.spec().data().schema().label().unit(), models);
    }

    private CsvSource source(String town) {
        return new CsvSource(Objects.requireNonNull(rows.get(town)));
    }

    private static double rmse(Metrics metrics) {
        return metrics.get(Metrics.RMSE).orElseThrow();
    }
}
