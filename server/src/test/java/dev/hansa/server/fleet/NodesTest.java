package dev.hansa.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.server.MovableClock;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.store.Database;
import dev.hansa.server.store.NodeRow;
import dev.hansa.server.store.NodeStore;
import dev.hansa.server.store.NodeTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesTest {
    /** By the node's clock. */
    private static final long NOW = 1_800_000_000_000L;

    @TempDir
    Path folder;
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final MovableClock clock = new MovableClock();
    private DataDirectory directory;
    private Database database;
    private Nodes nodes;

    @BeforeEach
    void open() {
        directory = DataDirectory.open(folder);
        database = Database.open(directory.file("hansa.db"));
        nodes = new Nodes(new NodeTable(database), clock, new ReentrantLock(), nanos::get);
        nodes.joined(new NodeRow("alice", "key", "1", List.of("rows"), Instant.EPOCH, Instant.EPOCH, false));
    }

    @AfterEach
    void close() {
        database.close();
        directory.close();
    }

    @Test
    void aSilentNodeIsGoneAfterAWhile() {
        pass(Nodes.PATIENCE.minusNanos(1));
        assertThat(nodes.present("rows")).containsExactly("alice");
        pass(Duration.ofNanos(1));
        assertThat(nodes.present("rows")).isEmpty();
        nodes.seen("alice", NOW);
        assertThat(nodes.present("rows")).containsExactly("alice");
    }

    @Test
    void aNodeThatWaitsForWorkIsThereHoweverLong() {
        nodes.waits("alice");
        pass(Nodes.PATIENCE.multipliedBy(2));
        assertThat(nodes.present("rows")).containsExactly("alice");
        nodes.waited("alice", Duration.ZERO);
        pass(Nodes.PATIENCE);
        assertThat(nodes.present("rows")).isEmpty();
    }

    @Test
    void aNodeIsSeenWithEachRequestAndAsLongAsItWaits() {
        clock.forward(Duration.ofSeconds(10));
        Instant request = clock.instant();
        nodes.seen("alice", NOW);
        assertThat(lastSeen()).isAfterOrEqualTo(request);
        nodes.waits("alice");
        clock.forward(Duration.ofMinutes(10));
        Instant waiting = clock.instant();
        assertThat(lastSeen()).isAfterOrEqualTo(waiting);
        nodes.waited("alice", Duration.ZERO);
        clock.forward(Duration.ofMinutes(10));
        assertThat(lastSeen()).isBetween(waiting, clock.instant().minus(Duration.ofMinutes(10)));
    }

    @Test
    void theTableFollowsAClockThatIsSetBack() {
        AliceHasJoined table = new AliceHasJoined();
        Nodes restarted = new Nodes(table, clock, new ReentrantLock(), nanos::get);
        restarted.seen("alice", NOW);
        Instant before = table.seen;
        clock.forward(Duration.ofDays(-1));
        restarted.seen("alice", NOW);
        assertThat(table.seen).isBefore(before);
    }

    private Instant lastSeen() {
        return nodes.all().keySet().iterator().next().lastSeen();
    }

    @Test
    void aShortageTellsWhoIsHereInstead() {
        assertThat(nodes.shortage("rows", 2, Set.of()).text())
                .isEqualTo("2 nodes with the data set 'rows'; here: alice");
        assertThat(nodes.shortage("housing", 1, Set.of()).text()).isEqualTo(
                "1 node with the data set 'housing'; 1 node here, none serves 'housing' (they serve 'rows')");
        nodes.joined(new NodeRow("bob", "key", "1", List.of("iris", "beans"), Instant.EPOCH, Instant.EPOCH, false));
        assertThat(nodes.shortage("rows", 2, Set.of()).text()).isEqualTo(
                "2 nodes with the data set 'rows'; here: alice, and 1 node with 'beans', 'iris' alone");
        nodes.leave("alice", NOW);
        nodes.leave("bob", NOW);
        assertThat(nodes.shortage("rows", 2, Set.of()).text())
                .isEqualTo("2 nodes with the data set 'rows'; no node is here");
    }

    @Test
    void aShortageTellsWhoIsHereAndNotAsked() {
        assertThat(nodes.shortage("rows", 1, Set.of("alice", "zoe")).text())
                .isEqualTo("1 node with the data set 'rows';"
                        + " no other is here; not asked: alice (refused, or at rest between rounds)");
        assertThat(nodes.shortage("rows", 2, Set.of()).text())
                .isEqualTo("2 nodes with the data set 'rows'; here: alice");
    }

    @Test
    void aNodeThatLeavesWhileItWaitsIsGone() {
        nodes.waits("alice");
        nodes.leave("alice", NOW);
        nodes.waited("alice", Duration.ZERO);
        assertThat(nodes.present("rows")).isEmpty();
        assertThat(nodes.gone("alice")).isTrue();
    }

    @Test
    void whatIsReadLateNeitherBringsANodeBackNorSendsItAway() {
        nodes.leave("alice", NOW);
        nodes.seen("alice", NOW);
        nodes.waits("alice");
        assertThat(nodes.present("rows")).isEmpty();
        nodes.waited("alice", Duration.ZERO);
        assertThat(nodes.present("rows")).isEmpty();
        assertThat(nodes.gone("alice")).isTrue();

        nodes.hello("alice", "1", List.of("rows"), NOW + 1);
        assertThat(nodes.present("rows")).containsExactly("alice");
        nodes.leave("alice", NOW);
        assertThat(nodes.present("rows")).as("it left before it came").containsExactly("alice");
    }

    @Test
    void whatANodeSaidAtItsStartDoesNotBringItBackWhenItIsReadAfterItsLeave() {
        nodes.leave("alice", NOW + 1);
        nodes.hello("alice", "1", List.of("rows"), NOW);
        assertThat(nodes.present("rows")).isEmpty();
        assertThat(nodes.gone("alice")).isTrue();
        pass(Nodes.PATIENCE.minusNanos(1));
        nodes.hello("alice", "1", List.of("rows"), NOW);
        assertThat(nodes.present("rows")).isEmpty();

        nodes.hello("alice", "1", List.of("rows"), NOW + 2);
        assertThat(nodes.present("rows")).as("it has started again").containsExactly("alice");
    }

    @Test
    void aNodeThatHasLeftIsBackWithWhatItSignsAfterwards() {
        nodes.leave("alice", NOW);
        nodes.seen("alice", NOW + 1);
        assertThat(nodes.present("rows")).containsExactly("alice");

        nodes.leave("alice", NOW + 2);
        pass(Nodes.PATIENCE);
        nodes.hello("alice", "1", List.of("rows"), NOW - 5000);
        assertThat(nodes.present("rows")).as("its clock was set back").containsExactly("alice");
    }

    @Test
    void aNodeThatANewProcessHasNotHeardOfYetIsNotGone() {
        Nodes restarted = new Nodes(new AliceHasJoined(), clock, new ReentrantLock(), nanos::get);
        assertThat(restarted.present("rows")).isEmpty();
        assertThat(restarted.gone("alice")).as("it may come back").isFalse();
        restarted.seen("alice", NOW);
        restarted.leave("alice", NOW);
        assertThat(restarted.gone("alice")).isTrue();
    }

    @Test
    void onlyThoseWithTheDataSetAreAsked() {
        assertThat(nodes.present("others")).isEmpty();
        nodes.hello("alice", "2", List.of("others"), NOW);
        assertThat(nodes.present("others")).containsExactly("alice");
        assertThat(nodes.present("rows")).isEmpty();
    }

    @Test
    void aRemovedNodeStaysAway() {
        nodes.remove("alice");
        nodes.seen("alice", NOW);
        assertThat(nodes.present("rows")).isEmpty();
        assertThat(nodes.all()).isEmpty();
        assertThat(nodes.find("alice")).get().matches(NodeRow::removed);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** A table that an earlier process has left. */
    private static final class AliceHasJoined implements NodeStore {
        private Instant seen = Instant.EPOCH;

        @Override
        public List<NodeRow> all() {
            return List.of(new NodeRow("alice", "key", "1", List.of("rows"), Instant.EPOCH, Instant.EPOCH, false));
        }

        @Override
        public void hello(String name, String version, List<String> dataSets, Instant now) {}

        @Override
        public void seen(String name, Instant now) {
            seen = now;
        }

        @Override
        public void remove(String name, Instant now) {}
    }
}
