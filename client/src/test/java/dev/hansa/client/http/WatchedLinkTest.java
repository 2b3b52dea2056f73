package dev.hansa.client.http;

import static dev.hansa.client.http.FakeCoordinator.body;
import static dev.hansa.client.http.FakeCoordinator.message;
import static dev.hansa.client.http.FakeCoordinator.offset;
import static dev.hansa.client.http.FakeCoordinator.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.client.ledger.Ledger;
import dev.hansa.client.ledger.LedgerException;
import dev.hansa.client.ledger.LedgerFile;
import dev.hansa.client.ledger.LedgerRecord;
import dev.hansa.client.policy.Approvals;
import dev.hansa.client.policy.Gate;
import dev.hansa.client.policy.PolicyListener;
import dev.hansa.client.policy.SignedFiles;
import dev.hansa.core.FederationException;
import dev.hansa.core.client.Consent;
import dev.hansa.core.client.Link;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.LedgerCodec;
import dev.hansa.wire.message.NextCodec;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.proto.HelloResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link over which nothing leaves that is not in the ledger, whenever the node is killed. */
class WatchedLinkTest extends HttpLinkFixture {
    private static final String NEXT = "GET /v1/tasks/next";
    private static final String HELLO = "POST /v1/hello";
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
    private static final DataSpec DATA = new DataSpec("d", SCHEMA, new HoldOut.None(), false);
    private static final Parameters SMALL = Parameters.zeros(Layout.of(TensorShape.of("w", 2)));

    private Ledger ledger;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(directory.resolve("approvals"));
        ledger = Ledger.open(file(), Optional.empty(), notice -> {});
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private Path file() {
        return directory.resolve("ledger.jsonl");
    }

    /** A process of the node, and its thread: the gate is asked as a client asks it. */
    private final class Process {
        private final Gate gate = new Gate(Consent.TO_ALL, Optional.empty(), ledger,
                new Approvals(directory.resolve("approvals")), Clock.systemUTC(), SignedFiles.NONE,
                new PolicyListener() {});
        private final HttpLink own;

        Process(boolean inline) {
            own = new HttpLink(http, key, "alice", directory.resolve("models"), directory.resolve("updates"), listener,
                    new FakeTiming(20), inline);
            own.watchedBy(gate);
        }

        Link.Next next() throws InterruptedException {
            Link.Next next = own.next();
            if (next instanceof Link.Next.Work work) {
                assertThat(gate.instead(work.task())).isEmpty();
            }
            return next;
        }
    }

    private List<LedgerRecord> records() {
        List<LedgerRecord> records = new ArrayList<>();
        LedgerFile.read(file(), records::add);
        return records;
    }

    private FakeCoordinator.Answer fit(String id) {
        coordinator.on(modelCall, FakeCoordinator.bytes(modelBytes));
        Task task = new Task.Fit("r", 1, DATA, Preprocessing.identity(SCHEMA), new ModelSpec.Mlp(List.of(SIZE / 3)),
                MODEL, new LocalTraining(1, 8, 0.1, 0, 0, true), new Seed(1))
                .protectedBy(new Protection(1, 4, false));
        return message(NextCodec.encode(new Link.Next.Work(id, task), parameters -> model));
    }

    private static FakeCoordinator.Answer done() {
        return message(NextCodec.encode(new Link.Next.Leave("done"), parameters -> {
            throw new AssertionError();
        }));
    }

    private static Report update(Parameters difference) {
        return new Report.Fitted(new ModelUpdate(difference, 1, Sums.NONE));
    }

    private static void cut(FakeCoordinator at, String... calls) {
        for (String call : calls) {
            at.on(call, request -> new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
        }
    }

    private void restart() {
        ledger.close();
        ledger = Ledger.open(file(), Optional.empty(), notice -> {});
    }

    /** @param small within the report, or uploaded */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsKilledBetweenChargeAndSendingSendsTheSameAndIsChargedOnce(boolean small) throws Exception {
        String upload = "/v1/tasks/t1/update/" + model.sha256().hex();
        coordinator.on(NEXT, fit("t1"));
        Process killed = new Process(small);
        killed.next();
        cut(coordinator, REPORT, "GET " + upload);
        assertThat(catchThrowableOfType(InterruptedException.class,
                () -> killed.own.report("t1", update(small ? SMALL : MODEL)))).isNotNull();
        List<LedgerRecord> charged = records();
        assertThat(charged).singleElement().satisfies(record -> assertThat(record.entry().task()).isEqualTo("t1"));
        restart();
        coordinator.on(NEXT, done()).on("GET " + upload, offset(modelBytes.length)).on(REPORT, ok());
        assertThat(new Process(small).next()).as("answered from the disk").isInstanceOf(Link.Next.Leave.class);
        assertThat(listener.told).contains("kept answer of t1");
        assertThat(records()).isEqualTo(charged);
    }

    @Test
    void whoIsKilledBeforeTheChargeTrainsAgainAndHasToldNothing() throws Exception {
        coordinator.on(NEXT, fit("t1")).on(REPORT, ok());
        Process killed = new Process(true);
        killed.next();
        ledger.close(); // so that the charge fails
        killed.own.report("t1", update(SMALL));
        assertThat(reported().getFailed()).contains("cannot read or write its files");
        assertThat(coordinator.requests(REPORT)).hasSize(1);
        ledger = Ledger.open(file(), Optional.empty(), notice -> {});
        assertThat(new Process(true).next()).as("what was kept was not charged").isInstanceOf(Link.Next.Work.class);
        assertThat(records()).isEmpty();
    }

    @Test
    void aNodeWhoseLedgerWasReplacedStopsAlsoWhereItHasKeptTheAnswer() throws Exception {
        coordinator.on(NEXT, fit("t1"), fit("t1"), done()).on(REPORT, ok());
        Process process = new Process(true);
        process.next();
        process.own.report("t1", update(SMALL));
        byte[] now = Files.readAllBytes(file());
        Files.move(Files.write(directory.resolve("copy"), now), file(), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(process.own::next).isInstanceOf(LedgerException.class);
        assertThat(coordinator.requests(REPORT)).hasSize(1);
    }

    @Test
    void theCoordinatorIsToldHowFarTheLedgerGoes() throws Exception {
        coordinator.on(HELLO, ok()).on(NEXT, fit("t1")).on(REPORT, ok());
        Process process = new Process(true);
        process.own.hello("1", List.of());
        assertThat(HelloRequest.parseFrom(body(coordinator.requests(HELLO).get(0))).hasLedger()).isFalse();
        process.next();
        process.own.report("t1", update(SMALL));
        LedgerHead head = ledger.head().get();
        assertThat(head.sequence()).isEqualTo(1);
        assertThat(LedgerCodec.decode(reported().getLedger())).isEqualTo(head);
        process.own.hello("1", List.of());
        assertThat(LedgerCodec.decode(HelloRequest.parseFrom(body(coordinator.requests(HELLO).get(1))).getLedger()))
                .isEqualTo(head);
    }

    /** @param small within the report, or uploaded */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNodeOfWhichAnotherCopyRunsStopsAndSaysWhatToDo(boolean small) throws Exception {
        String upload = "GET /v1/tasks/t1/update/" + model.sha256().hex();
        coordinator.on(NEXT, fit("t1")).on(upload, offset(modelBytes.length))
                .on(REPORT, FakeCoordinator.error(ErrorCode.LEDGER_FORKED, "told another record 1 before"));
        Process process = new Process(small);
        process.next();
        assertThatThrownBy(() -> process.own.report("t1", update(small ? SMALL : MODEL)))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("two copies of this node run")
                .hasMessageContaining("the coordinator was told of another record 1 than that of the ledger " + file())
                .hasMessageContaining("1. Stop the other copy, too, and keep both folders")
                .hasMessageContaining("4. Join with that token and a new folder")
                .satisfies(e -> assertThat(((FederationException) e).retrySafe()).isFalse());
        assertThat(coordinator.requests(REPORT)).as("nothing else is told").hasSize(1);
        assertThat(records()).as("it was sent, and stays charged").hasSize(1);
    }

    @Test
    void aNodeWhoseLedgerWentBackHearsItFromTheCoordinatorAndStops() {
        LedgerHead known = new LedgerHead(3, Sha256.of(new byte[1]));
        coordinator.on(HELLO, message(HelloResponse.newBuilder().setLedger(LedgerCodec.encode(known)).build()));
        assertThatThrownBy(() -> new Process(true).own.hello("1", List.of())).isInstanceOf(LedgerException.class)
                .isInstanceOf(FederationException.class)
                .hasMessageContaining("it ends with record 0, and the coordinator knows of record 3");
    }
}
