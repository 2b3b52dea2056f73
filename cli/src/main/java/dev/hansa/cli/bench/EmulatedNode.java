package dev.hansa.cli.bench;

import com.google.protobuf.ByteString;
import dev.hansa.core.FederationException;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Limits;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.BlobCodec;
import dev.hansa.wire.message.TaskCodec;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.proto.JoinRequest;
import dev.hansa.wire.proto.Next;
import dev.hansa.wire.proto.Report;
import dev.hansa.wire.proto.Task;
import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A node that speaks like one and neither trains nor keeps anything: it fetches each model once, and sends an update that was
 * made beforehand. Thousands of them fit into one process.
 */
final class EmulatedNode implements Runnable {
    private static final String QUERY = "?" + Endpoints.WAIT + "=30&" + Endpoints.INLINE + "=" + Limits.INLINE_BYTES;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration MOST_BEFORE_ASKING_AGAIN = Duration.ofSeconds(1);
    /** The round of the task is over. */
    private static final int CLOSED = ErrorCode.CLOSED.status();
    /** The same, to who asks for its model. */
    private static final int GONE = ErrorCode.NOT_FOUND.status();
    /** The update was sent before its connection broke; the report will tell if not all of it was. */
    private static final int SENT = ErrorCode.WRONG_OFFSET.status();

    private final NodeHttp http;
    private final NodeHttp.Caller caller;
    private final Updates.Update update;
    private final Workload workload;
    private final SplittableRandom random;
    private String dropped = "";
    /** A node keeps its last model: what it evaluates is what it trains next. */
    private Optional<BlobRef> fetched = Optional.empty();

    /** Joins with the token, which names it, and says hello. */
    EmulatedNode(NodeHttp http, int number, Token token, Workload workload, Updates updates)
            throws IOException, InterruptedException {
        this.http = http;
        this.workload = workload;
        this.caller = new NodeHttp.Caller("node-" + number, NodeKey.generate());
        this.update = updates.of(number);
        this.random = new SplittableRandom(number);
        http.post(caller, Endpoints.JOIN, JoinRequest.newBuilder()
                .setSecret(ByteString.copyFrom(token.secret().toBytes())).setVersion("bench")
                .setPublicKey(ByteString.copyFrom(caller.key().publicKey().toDer()))
                .addDataSets(Workload.DATA_SET).build().toByteArray()).accepted();
        http.post(caller, Endpoints.HELLO, HelloRequest.newBuilder().setVersion("bench")
                .addAllDataSets(List.of(Workload.DATA_SET)).build().toByteArray()).accepted();
    }

    /**
     * Works until it is interrupted.
     *
     * @throws FederationException if the coordinator does not do what it is asked, for another reason than that a round
     *                             is over or that it is busy
     */
    @Override
    public void run() {
        Optional<Next> given = Optional.empty();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                given = step(given);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Optional<Next> step(Optional<Next> given) throws InterruptedException {
        try {
            Next next = given.isPresent() ? given.get() : ask();
            return next.hasWork() ? answer(next.getWork()) : later(next.getLater());
        } catch (IOException e) { // the benchmark ends, or the connection broke: ask again, but not all at once
            Thread.sleep(ThreadLocalRandom.current().nextLong(MOST_BEFORE_ASKING_AGAIN.toMillis()));
            return Optional.empty();
        }
    }

    private static Optional<Next> later(Next.Later later) throws InterruptedException {
        Thread.sleep(later.getPauseMillis());
        return Optional.empty();
    }

    private Next ask() throws IOException, InterruptedException {
        return Next.parseFrom(http.get(caller, Endpoints.NEXT_TASK + QUERY).accepted());
    }

    /** What to do next, if the coordinator has told. */
    private Optional<Next> answer(Task task) throws IOException, InterruptedException {
        if (task.getId().equals(dropped)
                || TaskCodec.training(task).isPresent() && random.nextDouble() < workload.dropout()) {
            dropped = task.getId();
            Thread.sleep(PAUSE);
            return Optional.empty();
        }
        Optional<BlobRef> model = TaskCodec.blob(task);
        if (model.isPresent() && task.getContent().isEmpty() && !model.equals(fetched)) {
            String blob = Endpoints.at(Endpoints.BLOB, model.get().sha256().hex());
            if (http.drain(caller, blob).acceptedUnless(CLOSED, GONE).isEmpty()) {
                return Optional.empty();
            }
            fetched = model;
        }
        return switch (task.getAskCase()) {
            case DESCRIBE -> report(task, MadeUp.description(task));
            case FIT, PROTECTED_FIT -> fitted(task);
            default -> report(task, MadeUp.evaluation());
        };
    }

    private Optional<Next> fitted(Task task) throws IOException, InterruptedException {
        Report report = MadeUp.update(BlobCodec.encode(update.blob()));
        if (update.content().length <= Limits.INLINE_BYTES) {
            return report(task, report.toBuilder().setContent(ByteString.copyFrom(update.content())).build());
        }
        Sha256 name = update.blob().sha256();
        NodeHttp.Answer sent = http.put(caller, Endpoints.at(Endpoints.UPDATE, task.getId(), name.hex()) + "?"
                + Endpoints.OFFSET + "=0&" + Endpoints.SIZE + "=" + update.content().length, update.content());
        if (sent.status() != SENT && sent.acceptedUnless(CLOSED).isEmpty()) {
            return Optional.empty();
        }
        return report(task, report);
    }

    private Optional<Next> report(Task task, Report report)
            throws IOException, InterruptedException {
        Optional<byte[]> next =
                http.post(caller, Endpoints.at(Endpoints.REPORT, task.getId()) + QUERY, report.toByteArray())
                        .acceptedUnless(CLOSED);
        return next.isPresent() ? Optional.of(Next.parseFrom(next.get())) : Optional.empty();
    }
}
