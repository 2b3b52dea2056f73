package dev.hansa.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.client.data.CsvSource;
import dev.hansa.core.client.Client;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataException;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnoughRowsTest {
    private static final Schema SCHEMA =
            new Schema(List.of(new Column.Number("age", "")), new Column.Number("cost", ""));

    @TempDir
    private Path folder;

    @Test
    void fiveRowsToTrainOnAreEnough() throws Exception {
        assertThat(describe(5, new HoldOut.None())).isInstanceOf(Report.Described.class);
    }

    @Test
    void fewerRowsToTrainOnAreKeptBackAndNotCountedForTheCoordinator() throws Exception {
        Report refused = new Report.Refused("there are fewer than 5 rows to train on, and sums over so few rows would "
                + "give them away");
        assertThat(describe(4, new HoldOut.None())).isEqualTo(refused);
        assertThat(describe(1, new HoldOut.None())).isEqualTo(refused);
    }

    @Test
    void aRunCannotLookAtOneRowByHoldingItOut() throws Exception {
        assertThat(describe(50, new HoldOut.Marked("name", "patient7"))).isEqualTo(new Report.Refused(
                "there are fewer than 5 rows held out to evaluate on, and sums over so few rows would give them away"));
        assertThat(describe(50, new HoldOut.Every(10))).isInstanceOf(Report.Described.class);
    }

    @Test
    void aRunCannotAskWhetherSomebodyIsThere() throws Exception {
        Report somebody = describe(50, new HoldOut.Marked("name", "patient7"));
        assertThat(describe(50, new HoldOut.Marked("name", "patient99"))).isEqualTo(somebody);
    }

    @Test
    void theOwnerHearsHowManyThereAre() throws IOException {
        DataException problem = catchThrowableOfType(DataException.class,
                () -> new EnoughRows(new CsvSource(patients(3))).read(spec(new HoldOut.None())));
        assertThat(problem.detail()).contains("(there are 3)");
    }

    private Report describe(int rows, HoldOut holdOut) throws IOException, InterruptedException {
        Client client = new Client(Map.of("patients", new EnoughRows(new CsvSource(patients(rows)))));
        return client.perform(new Task.Describe("run", spec(holdOut)));
    }

    private static DataSpec spec(HoldOut holdOut) {
        return new DataSpec("patients", SCHEMA, holdOut, true);
    }

    private Path patients(int rows) throws IOException {
        return Files.writeString(folder.resolve("patients.csv"), IntStream.range(0, rows)
                .mapToObj(row -> "patient" + row + "," + (30 + row) + "," + 10.5 * row + "\n")
                .collect(Collectors.joining("", "name,age,cost\n", "")));
    }
}
