package dev.hansa.server.faults;

import com.google.protobuf.MessageLite;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.fleet.OpenTask;
import dev.hansa.server.fleet.TaskBoard;
import dev.hansa.server.fleet.Upload;
import dev.hansa.server.store.DiskFull;
import dev.hansa.server.store.Passing;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.MalformedMessageException;
import dev.hansa.wire.message.MembershipCodec;
import dev.hansa.wire.message.Messages;
import dev.hansa.wire.message.ReportCodec;
import dev.hansa.wire.proto.Error;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.proto.Next;
import dev.hansa.wire.proto.Report;
import dev.hansa.wire.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one life of the coordinator does with nodes' requests: {@code server.http} without HTTP and signatures. */
final class Port {
    private static final DiskFull DISK_FULL = new DiskFull(() -> Long.MAX_VALUE);

    private final Scheduler scheduler;
    private final Faults faults;
    private final Witness witness;
    private final Nodes nodes;
    private final TaskBoard board;

    Port(Scheduler scheduler, Faults faults, Witness witness, Nodes nodes, TaskBoard board) {
        this.scheduler = scheduler;
        this.faults = faults;
        this.witness = witness;
        this.nodes = nodes;
        this.board = board;
    }

    /** The answer; none if the connection breaks. */
    Optional<Answer> answer(Request request) {
        try {
            nodes.seen(request.node());
            return handle(request);
        } catch (RejectedException e) {
            return Optional.of(error(e.code(), e.text(), e.headers()));
        } catch (MalformedMessageException e) {
            return Optional.of(error(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()), Map.of()));
        } catch (SafetensorsException e) {
            return Optional.of(error(ErrorCode.UNUSABLE, String.valueOf(e.getMessage()), Map.of()));
        } catch (RuntimeException | IOException e) {
            if (DISK_FULL.causedBy(e) || Passing.is(e)) {
                return Optional.of(error(ErrorCode.BUSY, String.valueOf(e.getMessage()),
                        Map.of("Retry-After", DISK_FULL.causedBy(e) ? "30" : "5")));
            }
            throw new AssertionError(request + " makes the coordinator fail", e);
        } catch (InterruptedException e) {
            throw Crash.now();
        }
    }

    private Optional<Answer> handle(Request request) throws IOException, InterruptedException {
        List<String> path = request.url().pathSegments();
        return switch (path.get(1) + (path.size() > 3 ? "/" + path.get(3) : "")) {
            case "hello" -> Optional.of(hello(request));
            case "blobs" -> Optional.of(blob(request, Sha256.parse(path.get(2))));
            case "tasks" -> Optional.of(message(next(request)));
            case "tasks/report" -> Optional.of(report(request, path.get(2)));
            case "tasks/update" -> request.method().equals("GET")
                    ? Optional.of(offset(request, path.get(2), Sha256.parse(path.get(4))))
                    : upload(request, path.get(2), Sha256.parse(path.get(4)));
            default -> throw new AssertionError(request);
        };
    }

    private Answer hello(Request request) {
        HelloRequest hello = MembershipCodec.hello(request.body());
        nodes.hello(request.node(), hello.getVersion(), hello.getDataSetsList());
        return new Answer(204, Map.of(), new byte[0]);
    }

    private Next next(Request request) throws InterruptedException {
        nodes.waits(request.node());
        try {
            Duration wait = Duration.ofSeconds(request.number("wait", 0));
            Optional<OpenTask> task = board.next(request.node(), wait);
            task.ifPresent(work -> scheduler.judge(() -> witness.gives(work.id())));
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

    private Optional<Answer> upload(Request request, String id, Sha256 name) {
        OpenTask task = board.of(id, request.node());
        int offset = (int) request.number("offset", 0);
        Upload upload = task.upload(name, request.number("size", 0));
        upload.requireOffset(offset);
        byte[] body = request.body();
        for (int at = 0; at < request.arriving();) {
            int length = Math.min(request.arriving() - at, 1 + faults.choose(body.length));
            upload.append(offset + at, Arrays.copyOfRange(body, at, at + length), length);
            task.received(length);
            at += length;
            scheduler.sleep(faults.within(Duration.ofMillis(100)));
        }
        if (request.arriving() < body.length) {
            return Optional.empty();
        }
        upload.finishIfWhole();
        return Optional.of(offset(upload.have()));
    }

    /** Who also asks for the next task hears nothing until there is one, or at least that its report is safe. */
    private Answer report(Request request, String id) throws InterruptedException {
        OpenTask task = board.of(id, request.node());
        task.received(request.body().length);
        Report message = Messages.parse(Report.parser(), request.body());
        board.report(task, message);
        scheduler.requireAlive();
        scheduler.judge(() -> witness.acknowledges(id,
                ReportCodec.decode(message, blob -> Parameters.zeros(new Layout(List.of())))));
        return request.url().queryParameter("wait") == null
                ? new Answer(204, Map.of(), new byte[0]) : message(next(request));
    }

    private static Answer message(MessageLite message) {
        return new Answer(200, Map.of(), message.toByteArray());
    }

    private static Answer error(ErrorCode code, String text, Map<String, String> headers) {
        return new Answer(code.status(), headers,
                Error.newBuilder().setCode(code.word()).setMessage(text).build().toByteArray());
    }
}
