package dev.hansa.server.faults;

import com.google.protobuf.MessageLite;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.api.RetryAfter;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.fleet.OpenTask;
import dev.hansa.server.fleet.TaskBoard;
import dev.hansa.server.fleet.UpdateIntake;
import dev.hansa.server.store.DiskFull;
import dev.hansa.server.store.Passing;
import dev.hansa.server.trust.NodeSignatures;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.MalformedMessageException;
import dev.hansa.wire.message.MembershipCodec;
import dev.hansa.wire.message.Messages;
import dev.hansa.wire.proto.Error;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.proto.Next;
import dev.hansa.wire.proto.Report;
import dev.hansa.wire.safetensors.SafetensorsException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one life of the coordinator does with nodes' requests: {@code server.http} without HTTP and signatures. */
final class Port {
    /** Is not verified, but has the form of one. */
    private static final String SIGNATURE = "A".repeat(86);
    private static final DiskFull DISK_FULL = new DiskFull(() -> Long.MAX_VALUE);

    private final Scheduler scheduler;
    private final Faults faults;
    private final Witness witness;
    private final Machine machine;
    private final Tables tables;
    private final Nodes nodes;
    private final TaskBoard board;
    private final Sabotage sabotage;
    private final NodeSignatures signatures;

    Port(Scheduler scheduler, Faults faults, Witness witness, Machine machine, Tables tables, Nodes nodes,
            TaskBoard board, Sabotage sabotage, NodeSignatures signatures) {
        this.scheduler = scheduler;
        this.faults = faults;
        this.witness = witness;
        this.machine = machine;
        this.tables = tables;
        this.nodes = nodes;
        this.board = board;
        this.sabotage = sabotage;
        this.signatures = signatures;
    }

    /** The answer, or what is left of it; none if the connection breaks. */
    Optional<Answer> answer(Request request, Network.Line line) {
        Optional<Answer> answer = answered(request, line);
        return line.hasBegun() ? answer.filter(rest -> rest.status() < 400) : answer;
    }

    private Optional<Answer> answered(Request request, Network.Line line) {
        long troubles = machine.troubles();
        boolean unanswered = tables.isUnanswered(request.task()) || witness.isClosed(request.task());
        try {
            signatures.stamp(Long.toString(request.time()), SIGNATURE);
            nodes.seen(request.node(), request.time());
            return handle(request, line);
        } catch (RejectedException e) {
            note(request, e.code());
            if (e.code() == ErrorCode.CLOSED && unanswered) {
                scheduler.judge(() -> witness.refuses(request.task()));
            }
            return Optional.of(error(e.code(), e.text(), drawn(e.headers())));
        } catch (MalformedMessageException e) {
            return Optional.of(error(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()), Map.of()));
        } catch (SafetensorsException e) {
            return Optional.of(error(ErrorCode.UNUSABLE, String.valueOf(e.getMessage()), Map.of()));
        } catch (RuntimeException | IOException e) {
            if (DISK_FULL.causedBy(e) || Passing.is(e)) {
                scheduler.requireAlive();
                scheduler.judge(() -> witness.hadReason(e, machine.troubles() > troubles));
                return Optional.of(error(ErrorCode.BUSY, String.valueOf(e.getMessage()),
                        Map.of(RetryAfter.HEADER, DISK_FULL.causedBy(e) ? "30" : "5")));
            }
            throw new AssertionError(request + " makes the coordinator fail", e);
        } catch (InterruptedException e) {
            throw Crash.now();
        }
    }

    private void note(Request request, ErrorCode code) {
        if (code == ErrorCode.CLOCK_SKEW) {
            faults.count(Mishap.CLOCK_SKEW);
        } else if (code == ErrorCode.CLOSED && request.url().encodedPath().endsWith("/report")) {
            faults.count(Mishap.REPORT_LATE);
        }
    }

    private Optional<Answer> handle(Request request, Network.Line line) throws IOException, InterruptedException {
        List<String> path = request.url().pathSegments();
        return switch (path.get(1) + (path.size() > 3 ? "/" + path.get(3) : "")) {
            case "hello" -> Optional.of(hello(request));
            case "leave" -> Optional.of(leave(request));
            case "blobs" -> Optional.of(blob(request, Sha256.parse(path.get(2))));
            case "tasks" -> Optional.of(message(next(request)));
            case "tasks/report" -> Optional.of(report(request, path.get(2), line));
            case "tasks/update" -> request.method().equals("GET")
                    ? Optional.of(offset(request, path.get(2), Sha256.parse(path.get(4))))
                    : upload(request, path.get(2), Sha256.parse(path.get(4)));
            default -> throw new AssertionError(request);
        };
    }

    private Answer hello(Request request) {
        HelloRequest hello = MembershipCodec.hello(request.body());
        nodes.hello(request.node(), hello.getVersion(), hello.getDataSetsList(), request.time());
        return new Answer(204, Map.of(), new byte[0]);
    }

    private Answer leave(Request request) {
        nodes.leave(request.node(), request.time());
        board.abandon(request.node());
        return new Answer(204, Map.of(), new byte[0]);
    }

    private Next next(Request request) throws InterruptedException {
        nodes.waits(request.node());
        try {
            Duration wait = Duration.ofSeconds(request.number("wait", 0));
            Optional<OpenTask> task = board.next(request.node(), wait);
            task.ifPresent(work -> scheduler.judge(() -> witness.gives(work.id(), work.message())));
            Next next = task.map(work -> Next.newBuilder().setWork(work.message(request.number("inline", 0))).build())
                    .orElseGet(() -> Next.newBuilder().setLater(Next.Later.newBuilder().setPauseMillis(0)).build());
            task.ifPresent(work -> work.sent(next.getSerializedSize()));
            return next;
        } finally {
            nodes.waited(request.node(), Duration.ZERO);
        }
    }

    private Answer blob(Request request, Sha256 name) throws IOException {
        OpenTask task = board.withModel(request.node(), name).orElseThrow(
                () -> new RejectedException(ErrorCode.NOT_FOUND, "no open task has the model " + name));
        try {
            byte[] all = Files.readAllBytes(task.model().orElseThrow().file());
            int from = request.from();
            if (from > 0) {
                faults.count(Mishap.DOWNLOAD_RESUMED);
            }
            byte[] part = Arrays.copyOfRange(all, from, all.length);
            task.sent(part.length);
            return from == 0 ? new Answer(200, Map.of(), part)
                    : new Answer(206,
                            Map.of("Content-Range", "bytes " + from + "-" + (all.length - 1) + "/" + all.length), part);
        } catch (NoSuchFileException e) {
            throw new RejectedException(ErrorCode.NOT_FOUND, "the model " + name + " is gone: its round is over");
        }
    }

    private Answer offset(Request request, String id, Sha256 name) {
        return offset(board.of(id, request.node()).have(name));
    }

    private static Answer offset(long have) {
        return new Answer(204, Map.of(HeaderNames.OFFSET, Long.toString(have)), new byte[0]);
    }

    private Optional<Answer> upload(Request request, String id, Sha256 name) throws IOException {
        OpenTask task = board.of(id, request.node());
        int offset = (int) request.number("offset", 0);
        if (offset > 0) {
            faults.count(Mishap.UPLOAD_RESUMED);
        }
        try {
            return Optional.of(offset(new UpdateIntake(board).take(task, name, request.number("size", 0), offset,
                    body(request))));
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    /** Comes in pieces, of which the last may be missing. */
    private UpdateIntake.Source body(Request request) {
        ByteBuffer left = ByteBuffer.wrap(request.body(), 0, request.arriving());
        return piece -> {
            if (left.position() > 0) {
                scheduler.sleep(faults.within(Duration.ofMillis(100)));
            }
            if (!left.hasRemaining() && request.arriving() < request.body().length) {
                throw new EOFException("the connection broke");
            }
            int length = left.hasRemaining()
                    ? Math.min(left.remaining(), 1 + faults.choose(request.body().length)) : -1;
            left.get(piece, 0, Math.max(0, length));
            return length;
        };
    }

    /** Acknowledges at once; who also asks for the next task gets it in the rest of the answer. */
    private Answer report(Request request, String id, Network.Line line) throws InterruptedException {
        OpenTask task = board.of(id, request.node());
        task.received(request.body().length);
        Report message = Messages.parse(Report.parser(), request.body());
        sabotage.report(() -> board.report(task, message), () -> acknowledge(request, id, message, line));
        return line.hasBegun() ? message(next(request)) : new Answer(204, Map.of(), new byte[0]);
    }

    private void acknowledge(Request request, String id, Report message, Network.Line line) {
        scheduler.requireAlive();
        scheduler.judge(() -> {
            witness.acknowledges(id, message);
            tables.requireOwed();
        });
        if (request.url().queryParameter("wait") != null) {
            line.begin(new Answer.Head(200, Map.of()));
        }
    }

    private static Answer message(MessageLite message) {
        return new Answer(200, Map.of(), message.toByteArray());
    }

    /** When to come back is drawn: here by the seed, or it would not tell the same story each time. */
    private Map<String, String> drawn(Map<String, String> headers) {
        return headers.containsKey(RetryAfter.HEADER)
                ? Map.of(RetryAfter.HEADER, Integer.toString(1 + faults.choose(2)))
                : headers;
    }

    private Answer error(ErrorCode code, String text, Map<String, String> headers) {
        return new Answer(code.status(), headers,
                Error.newBuilder().setCode(code.word()).setMessage(text)
                        .setTimeMillis(machine.clock().millis()).build().toByteArray());
    }
}
