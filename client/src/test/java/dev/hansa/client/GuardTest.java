package dev.hansa.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.client.data.CsvSource;
import dev.hansa.core.FederationException;
import dev.hansa.core.client.Client;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
    private static final Schema SCHEMA =
            new Schema(List.of(new Column.Number("age", "")), new Column.Number("cost", ""));
    private static final DataSpec DATA = new DataSpec("patients", SCHEMA, new HoldOut.None(), false);

    @TempDir
    private Path folder;

    @Test
    void trainingThatForgetsAllButTheLastRowIsRefused() throws Exception {
        assertThat(fit(new LocalTraining(1, 0, 0.001, 0, 1000, false))).isEqualTo(new Report.Refused(
                "training.rate times the sum of training.weightDecay and training.proximalMu is 1.0, and steps with more "
                        + "than 0.1 forget all but the last rows, which would give them away"));
        assertThat(fit(new LocalTraining(1, 0, 0.001, 0, 101, false))).isInstanceOf(Report.Refused.class);
        assertThat(fit(new LocalTraining(1, 0, 0.001, 0, 100, false))).isInstanceOf(Report.Fitted.class);
        assertThat(fit(new LocalTraining(1, 0, 0.001, 0, 50, false).withProximalMu(51)))
                .isInstanceOf(Report.Refused.class);
    }

    @Test
    void stepsOfFewRowsAreRefused() throws Exception {
        assertThat(fit(new LocalTraining(1, 1, 0.001, 0, 0, false))).isEqualTo(new Report.Refused(
                "training.batchSize is 1, and steps of fewer than 5 rows would give rows away"));
        assertThat(fit(new LocalTraining(1, 4, 0.001, 0, 0, false))).isInstanceOf(Report.Refused.class);
        assertThat(fit(new LocalTraining(1, 5, 0.001, 0, 0, false))).isInstanceOf(Report.Fitted.class);
    }

    @Test
    void tooFewRowsAreRefused() throws Exception {
        assertThat(client("age,cost\n40,2\n").perform(new Task.Describe("run", DATA)))
                .isInstanceOf(Report.Refused.class);
    }

    @Test
    void rowsThatCannotBeReadNowFailTheTaskAndTheOwnerHearsWhy() throws Exception {
        List<String> told = new ArrayList<>();
        Path file = Files.writeString(folder.resolve("no-folder"), "").resolve("patients.csv");
        Client client = Guard.client(Map.of("patients", new CsvSource(file)), new NodeListener() {
            @Override
            public void unread(String dataSet, FederationException problem) {
                told.add(dataSet + ": " + problem.getMessage());
            }
        });
        assertThat(client.perform(new Task.Describe("run", DATA))).isEqualTo(
                new Report.Failed("the data set patients cannot be read now; its owner's log tells more"));
        assertThat(told).singleElement().asString().startsWith("patients: " + file + " cannot be read: ");
    }

    private Report fit(LocalTraining training) throws IOException, InterruptedException {
        ModelSpec model = new ModelSpec.Linear();
        return client("age,cost\n40,2\n50,3\n60,4\n30,1\n20,0\n70,5\n").perform(new Task.Fit("run", 1, DATA,
                Preprocessing.identity(SCHEMA), model, Parameters.zeros(Learners.of(model, SCHEMA).layout()), training,
                new Seed(1)));
    }

    private Client client(String csv) throws IOException {
        CsvSource source = new CsvSource(Files.writeString(folder.resolve("patients.csv"), csv));
        return Guard.client(Map.of("patients", source), new NodeListener() {});
    }
}
