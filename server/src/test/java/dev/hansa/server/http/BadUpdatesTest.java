package dev.hansa.server.http;

import static dev.hansa.server.TestNode.error;
import static dev.hansa.server.TestNode.updatePath;
import static dev.hansa.server.http.SampleReports.blob;
import static dev.hansa.server.http.SampleReports.described;
import static dev.hansa.server.http.SampleReports.evaluated;
import static dev.hansa.server.http.SampleReports.fitted;
import static dev.hansa.server.http.SampleReports.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.wire.proto.Report;
import dev.hansa.wire.proto.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Carol sends what no honest node would; the round goes on with the others, and everybody can read who it was. */
@Timeout(60)
class BadUpdatesTest {
    private static final String RUN = TestCoordinator.RUN.replace("{nodes: 2, deadline: 1m}",
            "{nodes: 3, minimumReports: 2, deadline: 1m}");

    @TempDir
    Path folder;
    private TestCoordinator coordinator;
    private String run;
    private List<TestNode> honest;
    private TestNode carol;
    private Task task;

    @BeforeEach
    void startTheFirstRound() {
        coordinator = new TestCoordinator(folder);
        run = coordinator.submit(RUN).id();
        honest = List.of(TestNode.join(coordinator, "alice", "numbers"), TestNode.join(coordinator, "bob", "numbers"));
        carol = TestNode.join(coordinator, "carol", "numbers");
        honest.forEach(node -> node.report(node.nextTask().getId(), described()));
        carol.report(carol.nextTask().getId(), described());
        task = carol.nextTask();
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void anUpdateThatIsNotFiniteIsNamedAndNotCounted(float value) {
        requireDiscarded(update(value));
    }

    @Test
    void anUpdateOfAnotherShapeIsNamedAndNotCounted() {
        requireDiscarded(blob(Parameters.of(Layout.of(new TensorShape("weight", List.of(3))), 1, 2, 3)));
    }

    private void requireDiscarded(byte[] update) {
        assertThat(carol.upload(task.getId(), update).statusCode()).isEqualTo(204);
        assertThat(carol.report(task.getId(), fitted(update)).statusCode()).isEqualTo(204);
        assertThat(requireTheOthersAreCounted().discarded()).containsOnlyKeys("carol");
        assertThat(coordinator.events(run, 0)).anySatisfy(event -> assertThat(event.event())
                .isInstanceOfSatisfying(RunEvent.UpdateDiscarded.class,
                        discarded -> assertThat(discarded.client()).isEqualTo("carol")));
    }

    @Test
    void anUpdateThatIsCutOffIsNotTaken() {
        byte[] update = Arrays.copyOf(update(1), update(1).length - 1); // and called what it is
        assertThat(carol.upload(task.getId(), update).statusCode()).isEqualTo(204);
        assertThat(error(carol.report(task.getId(), fitted(update)))).isEqualTo("422 unusable");
        carol.report(task.getId(),
                Report.newBuilder().setFailed("not taken").build());
        requireTheOthersAreCounted();
        assertThat(coordinator.events(run, 0)).anySatisfy(event -> assertThat(event.event())
                .isInstanceOfSatisfying(RunEvent.ClientFailed.class,
                        failed -> assertThat(failed.client()).isEqualTo("carol")));
    }

    @Test
    void everyThirtySeventhBitThatFlipsOnTheWayIsNoticedAndTheUpdateTakenWhenItComesWhole() {
        byte[] update = update(1);
        for (int bit = 0; bit < 8 * update.length; bit += 37) {
            byte[] flipped = update.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(error(carol.put(updatePath(task.getId(), update) + "?offset=0&size=" + update.length, flipped)))
                    .isEqualTo("409 wrong-hash");
        }
        assertThat(carol.upload(task.getId(), update).statusCode()).isEqualTo(204);
        assertThat(carol.report(task.getId(), fitted(update)).statusCode()).isEqualTo(204);
        honest.forEach(this::train);
        assertThat(firstRound().clients()).allSatisfy(
                (client, part) -> assertThat(part.training()).isNotEqualTo(Metrics.NONE));
    }

    private RoundRecord requireTheOthersAreCounted() {
        honest.forEach(this::train);
        RoundRecord round = firstRound();
        assertThat(round.clients()).hasEntrySatisfying("alice", BadUpdatesTest::requireCounted)
                .hasEntrySatisfying("bob", BadUpdatesTest::requireCounted)
                .hasEntrySatisfying("carol", part -> assertThat(part.training()).isEqualTo(Metrics.NONE));
        return round;
    }

    private static void requireCounted(ClientRound part) {
        assertThat(part.training()).isNotEqualTo(Metrics.NONE);
    }

    private void train(TestNode node) {
        Task fit = node.nextTask();
        byte[] update = update(1);
        node.upload(fit.getId(), update);
        assertThat(node.report(fit.getId(), fitted(update)).statusCode()).isEqualTo(204);
    }

    private RoundRecord firstRound() {
        honest.forEach(node -> node.report(node.nextTask().getId(), evaluated()));
        carol.report(carol.nextTask().getId(), evaluated());
        return ((RunEvent.RoundCommitted) coordinator.await(run, RunEvent.RoundCommitted.class).event()).record();
    }
}
