package dev.hansa.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.fairness.Participation;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.server.api.Json;
import dev.hansa.wire.Sha256;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data directory as an older version left it: its tables made by that version's migrations, its records in its words. */
class OldDataDirectoryTest {
    private static final Parameters MODEL = Parameters.of(Layout.of(TensorShape.of("weight", 1, 1)), 2);
    private static final Preprocessing PREPROCESSING = new Preprocessing(
            new Schema(List.of(new Column.Number("x", "m")), new Column.Number("y", "")),
            List.of(new Preprocessing.Scale(1, 2)), Preprocessing.Scale.IDENTITY);
    /** Before it told what share was done, what was discarded, who was asked, and from how many rows an update was made. */
    private static final String RECORD =
            """
                    {"round": 1, "training": {"examples": 30.0, "loss": 0.5}, "evaluation": {}, "duration": "PT1.5S", "clients": {
                     "alice": {"training": {"examples": 30.0, "loss": 0.5}, "evaluation": {}, "traffic": {"sent": 7, "received": 8}},
                     "bob": {"training": {}, "evaluation": {}, "traffic": {"sent": 7, "received": 0}}}}""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void opensAndItsRunGoesOn(int version) throws SQLException {
        DataDirectory directory = DataDirectory.open(folder);
        Sha256 state = StateBlob.save(directory.run("old").state(),
                new ServerState(1, MODEL, new TreeMap<>(Map.of("momentum", MODEL))));
        write(directory.file("hansa.db"), version, state);

        try (Database database = Database.open(directory.file("hansa.db"));
                EventLog events = new EventLog(database, Clock.systemUTC())) {
            SqliteStore store = new SqliteStore(database, directory, events);
            Checkpoint before = store.latest("old").orElseThrow();
            assertThat(before.state())
                    .isEqualTo(new ServerState(1, MODEL, new TreeMap<>(Map.of("momentum", MODEL))));
            assertThat(before.preprocessing()).isEqualTo(PREPROCESSING);
            assertThat(before.refused()).isEqualTo(Map.of("carol", "will not"));
            assertThat(before.rows()).as("which nobody kept").isEmpty();
            RoundRecord round = before.history().getFirst();
            assertThat(round.counted()).containsExactly("alice");
            assertThat(round.asked()).isEmpty();
            assertThat(round.discarded()).isEmpty();
            assertThat(round.partialUpdates()).isZero();
            assertThat(Participation.of(before.history()).clients().get("alice").examples()).isEqualTo(1);

            List<RoundRecord> history = new ArrayList<>(before.history());
            history.add(new RoundRecord(2, Metrics.NONE, Metrics.NONE, round.clients(), round.duration()));
            Checkpoint after = new Checkpoint(before.state().next(MODEL.times(2)), before.preprocessing(),
                    new TreeMap<>(Map.of("alice", 30L)), before.refused(), history);
            store.save("old", after, new RunEvent.RoundCommitted(history.get(1)));
            assertThat(store.latest("old")).hasValue(after);
        } finally {
            directory.close();
        }
    }

    private static void write(Path file, int version, Sha256 state) throws SQLException {
        String url = "jdbc:sqlite:" + file.toAbsolutePath();
        Flyway.configure().dataSource(url, null, null).locations("classpath:db/migration")
                .target(String.valueOf(version)).load().migrate();
        try (Connection connection = DriverManager.getConnection(url)) {
            execute(connection, "insert into runs (id, file_name, spec, state, submitted, reason)"
                    + " values ('old', 'run.yaml', 'text', 'running', 0, '')");
            execute(connection, "insert into checkpoints (run, round, state_sha256, preprocessing, refused)"
                    + " values ('old', 1, ?, ?, '{\"carol\": \"will not\"}')", state.hex(),
                    Json.mapper().writeValueAsString(PREPROCESSING));
            execute(connection, "insert into rounds (run, round, record) values ('old', 1, ?)", RECORD);
        }
    }

    private static void execute(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
