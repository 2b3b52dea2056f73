package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.server.fleet.Bandwidths;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.fleet.OpenTask;
import dev.hansa.server.fleet.TaskBoard;
import dev.hansa.server.fleet.UpdateIntake;
import dev.hansa.server.store.AuditLog;
import dev.hansa.server.store.LedgerTable;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Limits;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.LedgerCodec;
import dev.hansa.wire.message.Messages;
import dev.hansa.wire.proto.Next;
import dev.hansa.wire.proto.Report;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How nodes work: they ask for the next task, fetch its model, upload an update, report. */
final class WorkEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(WorkEndpoints.class);

    private final NodeGate gate;
    private final Nodes nodes;
    private final TaskBoard board;
    private final UpdateIntake updates;
    private final LedgerTable ledgers;
    private final AuditLog audit;
    private final Load load;
    private final Supplier<Duration> pause;
    private final Bandwidths bandwidths;

    /**
     * @param pause      of a node that found no work
     * @param bandwidths is told how fast blobs went
     */
    WorkEndpoints(NodeGate gate, Nodes nodes, TaskBoard board, LedgerTable ledgers, AuditLog audit, Load load,
            Supplier<Duration> pause, Bandwidths bandwidths) {
        this.gate = gate;
        this.nodes = nodes;
        this.board = board;
        this.updates = new UpdateIntake(board);
        this.ledgers = ledgers;
        this.audit = audit;
        this.load = load;
        this.pause = pause;
        this.bandwidths = bandwidths;
    }

    void addTo(RoutesConfig routes) {
        routes.get(Endpoints.NEXT_TASK, gate.question(this::answerNext));
        routes.get(Endpoints.BLOB, gate.question(this::blob));
        routes.get(Endpoints.UPDATE, gate.question(this::offset));
        routes.put(Endpoints.UPDATE, gate.upload(this::upload));
        routes.post(Endpoints.REPORT, gate.message(this::report));
    }

    private void answerNext(Context request, String node) throws IOException, InterruptedException {
        next(request, node, Answers::messageNow);
    }

    private void next(Context request, String node, NextAnswer answer) throws IOException, InterruptedException {
        Duration away = Duration.ZERO;
        nodes.waits(node);
        try {
            Optional<OpenTask> task = board.next(node, Arguments.waiting(request));
            if (task.isPresent()) {
                give(request, node, task.get(), answer);
            } else {
                away = pause.get();
                answer.write(request, Next.newBuilder()
                        .setLater(Next.Later.newBuilder().setPauseMillis(away.toMillis())).build());
            }
        } finally {
            nodes.waited(node, away);
        }
    }

    /** With a place until all is written: a model may be in it, and the node slow. */
    private void give(Context request, String node, OpenTask task, NextAnswer answer)
            throws IOException, InterruptedException {
        long inline = Math.min(Arguments.number(request, Endpoints.INLINE, 0), Limits.INLINE_BYTES);
        try (Load.Place _ = load.enterTransfer(Load.Kind.NEW, node, Peer.cut(request))) {
            Next next = Next.newBuilder().setWork(task.message(inline)).build();
            task.sent(next.getSerializedSize());
            answer.write(request, next);
        }
    }

    private void blob(Context request, String node) throws IOException, InterruptedException {
        Sha256 name = Arguments.sha256(request);
        OpenTask task = board.withModel(node, name).orElseThrow(() -> new RejectedException(ErrorCode.NOT_FOUND,
                "no open task of " + node + " has the model " + name));
        nodes.waits(node);
        try (Load.Place _ = load.enterTransfer(Load.Kind.NEW, node, Peer.cut(request))) {
            send(request, node, name, task);
        } finally {
            nodes.waited(node, Duration.ZERO);
        }
    }

    private void send(Context request, String node, Sha256 name, OpenTask task) throws IOException {
        long begin = System.nanoTime();
        LongAdder sent = new LongAdder();
        try {
            FileAnswer.send(request, FileChannel.open(task.model().orElseThrow().file(), StandardOpenOption.READ),
                    bytes -> {
                        task.sent(bytes);
                        sent.add(bytes);
                        board.requireTime();
                    });
        } catch (NoSuchFileException e) {
            throw new RejectedException(ErrorCode.NOT_FOUND, "the model " + name + " is gone: its round is over");
        } finally {
            bandwidths.sent(node, sent.sum(), since(begin));
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** Who is told an offset sends next: that there is no place it had better hear before. */
    private void offset(Context request, String node) throws InterruptedException {
        OpenTask task = board.of(request.pathParam("id"), node);
        load.enter(Load.Kind.UPLOAD).close();
        long have = task.have(Arguments.sha256(request));
        request.status(204).header(HeaderNames.OFFSET, Long.toString(have));
    }

    private void upload(Context request, String node) throws IOException, InterruptedException {
        OpenTask task = board.of(request.pathParam("id"), node);
        nodes.waits(node);
        try (Load.Place _ = load.enterTransfer(Load.Kind.UPLOAD, node, Peer.cut(request))) {
            receive(request, node, task);
        } finally {
            nodes.waited(node, Duration.ZERO);
        }
    }

    private void receive(Context request, String node, OpenTask task) throws IOException {
        long offset = Arguments.number(request, Endpoints.OFFSET);
        long begin = System.nanoTime();
        LongAdder received = new LongAdder();
        long have = updates.take(task, Arguments.sha256(request), Arguments.number(request, Endpoints.SIZE), offset,
                piece -> {
                    int read = -1;
                    try {
                        read = Peer.read(request, piece);
                        received.add(Math.max(0, read));
                    } finally {
                        if (read < 0) { // all is here, or the link broke
                            bandwidths.received(node, received.sum(), since(begin));
                        }
                    }
                    return read;
                });
        request.status(204).header(HeaderNames.OFFSET, Long.toString(have));
    }

    /** Acknowledges at once; who also asks for the next task gets it in the rest of the answer. */
    private void report(Context request, String node, Bodies.Body body)
            throws IOException, InterruptedException {
        try (body; Load.Place _ = load.enter(Load.Kind.REPORT)) {
            Report report = Messages.parse(Report.parser(), body.bytes());
            if (report.hasLedger()) { // also if the report is late: what it tells was charged
                requireOneLedger(node, LedgerCodec.decode(report.getLedger()));
            }
            OpenTask task = board.of(request.pathParam("id"), node);
            task.received(body.bytes().length);
            audit.note(MembershipEndpoints.actor(node), "node.report", task.message().getRun(),
                    "round " + task.message().getRound() + ": "
                            + report.getAnswerCase().name().toLowerCase(Locale.ROOT));
            board.report(task, report.toBuilder().clearLedger().build());
        }
        if (request.queryParam(Endpoints.WAIT) == null) {
            request.status(204);
        } else {
            Answers.begin(request);
            next(request, node, Answers::rest);
        }
    }

    private void requireOneLedger(String node, LedgerHead head) {
        if (!ledgers.told(node, head)) {
            audit.note(MembershipEndpoints.actor(node), "node.forked", node, "record " + head.sequence());
            LOG.warn(
                    "node {} runs twice: it told two records {} of its ledger; the second report is refused, and who sent"
                            + " it stops. Its owner should know",
                    node, head.sequence());
            throw new RejectedException(ErrorCode.LEDGER_FORKED, "node " + node + " told another record "
                    + head.sequence()
                    + " of its ledger before: two copies of it run, or an old one was put back while it ran;"
                    + " stop both, and begin anew with a new token and a new directory");
        }
    }

    /** A way to tell a node what to do next. */
    private interface NextAnswer {
        void write(Context request, Next next) throws IOException;
    }
}
