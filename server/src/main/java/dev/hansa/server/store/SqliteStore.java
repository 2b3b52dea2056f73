package dev.hansa.server.store;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.server.api.Json;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.safetensors.BlobFolder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The store of a coordinator. Parameters and slots lie in a blob, which is on the disk before the row that names it;
 * all else is in the database. Of a run only the last state is kept. Safe for several threads.
 */
public final class SqliteStore implements Store {
    private static final JsonMapper JSON = Json.mapper();

    private final Database database;
    private final DataDirectory directory;
    private final EventLog events;

    public SqliteStore(Database database, DataDirectory directory, EventLog events) {
        this.database = database;
        this.directory = directory;
        this.events = events;
    }

    /** Mends what a crash has left: states beside the last one. */
    public void mend(String run) {
        directory.run(run).state().keepOnly(
                database.read(handle -> stateOf(handle, run)).map(Set::of).orElse(Set.of()));
    }

    @Override
    public Optional<Checkpoint> latest(String run) {
        return database.read(handle -> handle
                .select("select round, state_sha256, preprocessing, node_rows, refused, closing from checkpoints"
                        + " where run = ?", run)
                .map((row, context) -> new Saved(Sha256.parse(row.getString("state_sha256")), row.getInt("round"),
                        JSON.readValue(row.getString("preprocessing"), Preprocessing.class),
                        JSON.readValue(row.getString("node_rows"), new TypeReference<>() {}),
                        refusals(row.getString("refused")), history(handle, run),
                        readClosing(row.getString("closing"))))
                .findFirst())
                .map(saved -> saved.with(StateBlob.read(directory.run(run).state(), saved.state, saved.round)));
    }

    /** The committed rounds, first to last, without reading the state. */
    public List<RoundRecord> history(String run) {
        return database.read(handle -> history(handle, run));
    }

    /** How many rounds are committed. */
    public int rounds(String run) {
        return database.read(handle -> handle.select("select count(*) from rounds where run = ?", run)
                .mapTo(Integer.class).one());
    }

    /** Those who take no part in the run, with their reasons, without reading the state. */
    public SortedMap<String, String> refused(String run) {
        return database.read(handle -> handle.select("select refused from checkpoints where run = ?", run)
                .map((row, context) -> refusals(row.getString("refused"))).findFirst().orElseGet(TreeMap::new));
    }

    /** What nodes answered after the last round, without reading the state. */
    public Closing closing(String run) {
        return database.read(handle -> handle.select("select closing from checkpoints where run = ?", run)
                .map((row, context) -> readClosing(row.getString("closing"))).findFirst().orElse(Closing.NONE));
    }

    /** The answers that came after their round had closed, in their order. */
    public List<RunEvent.ClientLate> late(String run) {
        return database.read(handle -> TaskTable.late(handle, run));
    }

    private static SortedMap<String, String> refusals(String json) {
        return JSON.readValue(json, new TypeReference<>() {});
    }

    private static Closing readClosing(String json) {
        return JSON.readValue(json, Closing.class);
    }

    private static List<RoundRecord> history(Handle handle, String run) {
        return handle.select("select record from rounds where run = ? order by round", run)
                .map((row, context) -> JSON.readValue(row.getString("record"), RoundRecord.class)).list();
    }

    @Override
    public void save(String run, Checkpoint checkpoint, RunEvent... told) {
        BlobFolder states = directory.run(run).state();
        Sha256 state = StateBlob.save(states, checkpoint.state());
        Optional<Sha256> before = events.commit(run, List.of(told), handle -> {
            Optional<Sha256> replaced = stateOf(handle, run);
            handle.execute("insert into checkpoints (run, round, state_sha256, preprocessing, node_rows, refused,"
                    + " closing) values (?, ?, ?, ?, ?, ?, ?) on conflict (run) do update set round = excluded.round,"
                    + " state_sha256 = excluded.state_sha256, preprocessing = excluded.preprocessing,"
                    + " node_rows = excluded.node_rows, refused = excluded.refused,"
                    + " closing = excluded.closing", run, checkpoint.state().round(),
                    state.hex(),
                    JSON.writeValueAsString(checkpoint.preprocessing()), JSON.writeValueAsString(checkpoint.rows()),
                    JSON.writeValueAsString(checkpoint.refused()), JSON.writeValueAsString(checkpoint.closing()));
            saveHistory(handle, run, checkpoint.history());
            TaskTable.counted(handle, run, checkpoint.state().round());
            return replaced;
        });
        before.filter(name -> !name.equals(state)).ifPresent(states::delete);
    }

    private static Optional<Sha256> stateOf(Handle handle, String run) {
        return handle.select("select state_sha256 from checkpoints where run = ?", run)
                .map((row, context) -> Sha256.parse(row.getString("state_sha256"))).findFirst();
    }

    /** A round's record does not change once it is written, so only later ones are. */
    private static void saveHistory(Handle handle, String run, List<RoundRecord> history) {
        int written = handle.select("select count(*) from rounds where run = ?", run).mapTo(Integer.class).one();
        if (written >= history.size()) {
            handle.execute("delete from rounds where run = ?", run);
            written = 0;
        }
        for (RoundRecord record : history.subList(written, history.size())) {
            handle.execute("insert into rounds (run, round, record) values (?, ?, ?)", run, record.round(),
                    JSON.writeValueAsString(record));
        }
    }

    /** A checkpoint without its state, which is read when others may read the database again. */
    private record Saved(Sha256 state, int round, Preprocessing preprocessing, SortedMap<String, Long> rows,
            SortedMap<String, String> refused, List<RoundRecord> history, Closing closing) {

        Checkpoint with(ServerState itsState) {
            return new Checkpoint(itsState, preprocessing, rows, refused, history, closing);
        }
    }

    @Override
    public void append(String run, RunEvent event) {
        switch (event) {
            case RunEvent.Finished finished -> events.appendDurably(run, event);
            case RunEvent.Stopped stopped -> events.appendDurably(run, event);
            case RunEvent.Failed failed -> events.appendDurably(run, event);
            default -> events.append(run, event); // written together with others
        }
    }
}
