package dev.hansa.server.store;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.Failures;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.server.api.Json;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.safetensors.BlobFolder;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The store of a coordinator. Parameters and slots lie in a blob, which is on the disk before the row that names it;
 * all else is in the database. Of a run only the last state is kept, that of its best round, and those that
 * open questions are about. Safe for several threads.
 */
public final class SqliteStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);
    private static final JsonMapper JSON = Json.mapper();

    private final Database database;
    private final DataDirectory directory;
    private final EventLog events;
    /** By run, what was written last, as long as anybody works with it. */
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    public SqliteStore(Database database, DataDirectory directory, EventLog events) {
        this.database = database;
        this.directory = directory;
        this.events = events;
    }

    /** Mends what a crash has left: states beside those that are kept. */
    public void mend(String run) {
        directory.run(run).state().keepOnly(
                database.read(handle -> statesOf(handle, run)));
    }

    @Override
    public Optional<Checkpoint> latest(String run) {
        return saved(run).map(saved -> read(run, saved, saved.kept.last));
    }

    @Override
    public Optional<Checkpoint> best(String run) {
        return saved(run).flatMap(saved -> saved.kept.best.map(state -> read(run, saved.asOfBest(), state)));
    }

    private Optional<Saved> saved(String run) {
        return database.read(handle -> kept(handle, run).flatMap(kept -> handle
                .select("select preprocessing, node_rows, refused, closing from checkpoints where run = ?", run)
                .map((row, context) -> new Saved(kept,
                        JSON.readValue(row.getString("preprocessing"), Preprocessing.class),
                        JSON.readValue(row.getString("node_rows"), new TypeReference<>() {}),
                        refusals(row.getString("refused")), history(handle, run),
                        readClosing(row.getString("closing"))))
                .findFirst()));
    }

    private Checkpoint read(String run, Saved saved, Sha256 state) {
        return saved.with(StateBlob.read(directory.run(run).state(), state, saved.history.size()));
    }

    /** The round whose state is kept as the best one; 0 if none is. */
    public int bestRound(String run) {
        return database.read(handle -> kept(handle, run)).filter(kept -> kept.best.isPresent())
                .map(Kept::bestRound).orElse(0);
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

    /** Those who take no part in the run, with their reasons, without reading the state: as its events tell before the first. */
    public SortedMap<String, String> refused(String run) {
        return database.read(handle -> handle.select("select refused from checkpoints where run = ?", run)
                .map((row, context) -> refusals(row.getString("refused"))).findFirst()
                .orElseGet(() -> EventLog.refused(handle, run)));
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

    /** Why nodes gave no answer that can be used. */
    public List<Failures.Failure> failed(String run) {
        return database.read(handle -> EventLog.failed(handle, run));
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
    public void save(String run, Checkpoint checkpoint, Set<Fleet.Sent> open, RunEvent... told) {
        BlobFolder states = directory.run(run).state();
        Sha256 state = write(run, states, checkpoint.state());
        Set<Sha256> over = events.commit(run, List.of(told), handle -> {
            Set<Sha256> before = statesOf(handle, run);
            Kept now = new Kept(state, checkpoint.best(), best(handle, run, state, checkpoint));
            PastStates.keep(handle, run, Store.rounds(open), checkpoint.state().round());
            handle.execute("insert into checkpoints (run, round, state_sha256, preprocessing, node_rows, refused,"
                    + " closing, best_round, best_sha256) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " on conflict (run) do update set round = excluded.round,"
                    + " state_sha256 = excluded.state_sha256, preprocessing = excluded.preprocessing,"
                    + " node_rows = excluded.node_rows, refused = excluded.refused,"
                    + " closing = excluded.closing, best_round = excluded.best_round, best_sha256 = excluded.best_sha256",
                    run,
                    checkpoint.state().round(), state.hex(),
                    JSON.writeValueAsString(checkpoint.preprocessing()), JSON.writeValueAsString(checkpoint.rows()),
                    JSON.writeValueAsString(checkpoint.refused()),
                    JSON.writeValueAsString(checkpoint.closing()), now.bestRound,
                    now.best.map(Sha256::hex).orElse(null));
            saveHistory(handle, run, checkpoint.history(), told);
            TaskTable.counted(handle, run, checkpoint.state().round(), open);
            before.removeAll(statesOf(handle, run));
            return before;
        });
        over.forEach(states::delete);
    }

    /** A state that is saved again, with more known of it, is on the disk already. */
    private Sha256 write(String run, BlobFolder states, ServerState state) {
        Written before = written.get(run);
        if (before != null && before.state.refersTo(state)) {
            return before.name;
        }
        Sha256 name = StateBlob.save(states, state);
        written.put(run, new Written(new WeakReference<>(state), name));
        return name;
    }

    private record Written(WeakReference<ServerState> state, Sha256 name) {}

    /** The state of the best round; empty if it was gone when that round was found to be the best. */
    private static Optional<Sha256> best(Handle handle, String run, Sha256 state, Checkpoint checkpoint) {
        if (checkpoint.isBest()) {
            return Optional.of(state);
        }
        Optional<Kept> before = kept(handle, run).filter(kept -> kept.bestRound == checkpoint.best());
        return before.isPresent()
                ? before.flatMap(Kept::best)
                : PastStates.find(handle, run, checkpoint.best());
    }

    /** All that are kept, whatever for. */
    private static Set<Sha256> statesOf(Handle handle, String run) {
        return new HashSet<>(handle.select("select state_sha256 from checkpoints where run = ?"
                + " union select best_sha256 from checkpoints where run = ? and best_sha256 is not null"
                + " union select state_sha256 from past_states where run = ?", run, run, run)
                .map((row, context) -> Sha256.parse(row.getString("state_sha256"))).list());
    }

    @Override
    public Parameters model(String run, int round) {
        Sha256 state = database.read(handle -> PastStates.find(handle, run, round)).orElseThrow(
                () -> new IllegalArgumentException("the model of round " + round + " of " + run + " is not kept"));
        return StateBlob.read(directory.run(run).state(), state, round).parameters();
    }

    private static Optional<Kept> kept(Handle handle, String run) {
        return handle.select("select state_sha256, best_round, best_sha256 from checkpoints where run = ?", run)
                .map((row, context) -> new Kept(Sha256.parse(row.getString("state_sha256")), row.getInt("best_round"),
                        Optional.ofNullable(row.getString("best_sha256")).map(Sha256::parse)))
                .findFirst();
    }

    /** A round's record changes only when its model was measured later than it was written. */
    private static void saveHistory(Handle handle, String run, List<RoundRecord> history, RunEvent... told) {
        int written = handle.select("select count(*) from rounds where run = ?", run).mapTo(Integer.class).one();
        List<RoundRecord> measured = Arrays.stream(told).filter(RunEvent.RoundEvaluated.class::isInstance)
                .map(event -> ((RunEvent.RoundEvaluated) event).record()).toList();
        if (written > history.size() || written == history.size() && measured.isEmpty()) {
            handle.execute("delete from rounds where run = ?", run);
            written = 0;
        }
        for (RoundRecord record : history.subList(written, history.size())) {
            handle.execute("insert into rounds (run, round, record) values (?, ?, ?)", run, record.round(),
                    JSON.writeValueAsString(record));
        }
        measured.forEach(record -> handle.execute("update rounds set record = ? where run = ? and round = ?",
                JSON.writeValueAsString(record), run, record.round()));
    }

    /** A checkpoint without its state, which is read when others may read the database again. */
    private record Saved(Kept kept, Preprocessing preprocessing, SortedMap<String, Long> rows,
            SortedMap<String, String> refused, List<RoundRecord> history, Closing closing) {

        /** As it was after the best round. */
        Saved asOfBest() {
            return new Saved(kept, preprocessing, rows, refused, history.subList(0, kept.bestRound), closing);
        }

        Checkpoint with(ServerState itsState) {
            return new Checkpoint(itsState, preprocessing, rows, refused, history, closing, kept.bestRound);
        }
    }

    /**
     * The states of a run that are on the disk.
     *
     * @param bestRound the best of all rounds; 0 if that is not known
     * @param best      its state; empty if that was gone when the round was found to be the best
     */
    private record Kept(Sha256 last, int bestRound, Optional<Sha256> best) {}

    @Override
    public void append(String run, RunEvent event) {
        if (Store.isEnd(event)) {
            end(run, event);
        } else {
            events.append(run, event); // written together with others
        }
    }

    private void end(String run, RunEvent event) {
        Set<Sha256> kept = database.read(handle -> statesOf(handle, run));
        Map<Sha256, Sha256> instead = kept.isEmpty() ? Map.of() : withoutNoise(run, kept);
        if (instead.isEmpty()) {
            events.appendDurably(run, event);
            return;
        }
        events.commit(run, List.of(event), handle -> {
            instead.forEach((before, now) -> replaceState(handle, run, before, now));
            return handle;
        });
        written.remove(run);
        instead.keySet().forEach(directory.run(run).state()::delete);
    }

    /** By state that holds what noise has left, the same without it, which is on the disk then. */
    private Map<Sha256, Sha256> withoutNoise(String run, Set<Sha256> kept) {
        BlobFolder states = directory.run(run).state();
        Map<Sha256, Sha256> instead = new HashMap<>();
        for (Sha256 state : kept) {
            try {
                StateBlob.withoutNoise(states, state).ifPresent(without -> instead.put(state, without));
            } catch (RuntimeException e) {
                if (Passing.is(e)) {
                    throw e;
                }
                LOG.warn("run {} ends with a state that cannot be read, and may hold what noise has left", run, e);
            }
        }
        return instead;
    }

    private static void replaceState(Handle handle, String run, Sha256 before, Sha256 now) {
        for (String place : List.of("checkpoints set state_sha256 = ? where run = ? and state_sha256 = ?",
                "checkpoints set best_sha256 = ? where run = ? and best_sha256 = ?",
                "past_states set state_sha256 = ? where run = ? and state_sha256 = ?")) {
            handle.execute("update " + place, now.hex(), run, before.hex());
        }
    }
}
