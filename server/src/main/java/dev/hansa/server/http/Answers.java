package dev.hansa.server.http;

import com.google.protobuf.MessageLite;
import dev.hansa.server.api.ErrorView;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.api.RetryAfter;
import dev.hansa.server.store.DiskFull;
import dev.hansa.server.store.Passing;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.message.MalformedMessageException;
import dev.hansa.wire.proto.Error;
import dev.hansa.wire.safetensors.SafetensorsException;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers: messages to nodes, JSON to operators, and to both what went wrong. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final List<String> NODE_PATHS =
            List.of(Endpoints.JOIN, Endpoints.HELLO, Endpoints.LEAVE, "/v1/tasks/",
                    "/v1/blobs/");

    private static final String JSON = "application/json";

    private final Clock clock;
    private final DiskFull diskFull;
    private final Tally full = new Tally(System::nanoTime);
    private final Tally failed = new Tally(System::nanoTime);

    Answers(Clock clock, DiskFull diskFull) {
        this.clock = clock;
        this.diskFull = diskFull;
    }

    static void message(Context request, MessageLite message) {
        request.contentType(Endpoints.PROTOBUF).result(message.toByteArray());
    }

    /** Returns when the message is written. */
    static void messageNow(Context request, MessageLite message) throws LostConnectionException {
        byte[] bytes = message.toByteArray();
        request.res().setContentType(Endpoints.PROTOBUF);
        request.res().setContentLength(bytes.length);
        Peer.write(request, bytes, bytes.length);
    }

    /** Tells now that the request succeeded; the message comes later. */
    static void begin(Context request) throws LostConnectionException {
        request.res().setStatus(200);
        request.res().setContentType(Endpoints.PROTOBUF);
        Peer.flush(request);
    }

    /** The message of an answer that has begun. */
    static void rest(Context request, MessageLite message) throws LostConnectionException {
        byte[] bytes = message.toByteArray();
        Peer.write(request, bytes, bytes.length);
    }

    static void json(Context request, int status, Object view) {
        request.status(status).contentType(JSON).result(Json.mapper().writeValueAsBytes(view));
    }

    void error(Context request, Exception problem) {
        switch (problem) {
            case RejectedException rejected -> {
                rejected.headers().forEach(request::header);
                error(request, rejected.code(), rejected.text(), rejected.problems());
            }
            case MalformedMessageException malformed ->
                    error(request, ErrorCode.BAD_REQUEST, String.valueOf(malformed.getMessage()), List.of());
            case SafetensorsException unreadable ->
                    error(request, ErrorCode.UNUSABLE, "the update is no safetensors file of numbers", List.of());
            case HttpResponseException routing -> routing(request, routing);
            case LostConnectionException lost when tooSlow(lost) ->
                    error(request, ErrorCode.TOO_SLOW, "nothing came for too long", List.of());
            case LostConnectionException lost -> {
                LOG.debug("connection lost", lost);
                error(request, ErrorCode.BAD_REQUEST, "the connection was lost", List.of());
            }
            case InterruptedException stopping -> {
                busy(request, "the coordinator is stopping; try again later", Duration.ofSeconds(1));
            }
            case Exception noRoom when diskFull.causedBy(noRoom) -> {
                full.note(times -> LOG.warn("{} {}: the disk is full: {}{}", request.method(), request.path(),
                        noRoom.getMessage(), Tally.others(times)));
                busy(request, "the disk of the coordinator is full; try again later", Duration.ofSeconds(30));
            }
            case Exception passing when Passing.is(passing) -> {
                failed.note(times -> LOG.warn("{} {}: {}{}", request.method(), request.path(), passing.toString(),
                        Tally.others(times)));
                busy(request, "the coordinator failed, and may succeed later", Duration.ofSeconds(5));
            }
            default -> {
                LOG.error("{} {} failed", request.method(), request.path(), problem);
                error(request, ErrorCode.INTERNAL, "the coordinator failed; its log tells why", List.of());
            }
        }
    }

    private void busy(Context request, String text, Duration least) {
        request.header(RetryAfter.HEADER, RetryAfter.from(least));
        error(request, ErrorCode.BUSY, text, List.of());
    }

    private static boolean tooSlow(LostConnectionException lost) {
        return lost.getCause() != null && lost.getCause().getCause() instanceof TimeoutException;
    }

    private void routing(Context request, HttpResponseException problem) {
        if (problem.getStatus() == ErrorCode.WRONG_METHOD.status()) {
            error(request, ErrorCode.WRONG_METHOD, request.path() + " does not take " + request.method(), List.of());
        } else if (problem.getStatus() == ErrorCode.NOT_FOUND.status()) {
            error(request, ErrorCode.NOT_FOUND, "there is no " + request.path(), List.of());
        } else {
            error(request, ErrorCode.BAD_REQUEST, String.valueOf(problem.getMessage()), List.of());
        }
    }

    private void error(Context request, ErrorCode code, String text, List<String> problems) {
        if (request.res().isCommitted()) {
            return; // half of another answer is out; the missing rest tells that it is none
        }
        if (NODE_PATHS.stream().anyMatch(request.path()::startsWith)) {
            send(request, code.status(), Endpoints.PROTOBUF, Error.newBuilder().setCode(code.word()).setMessage(text)
                    .setTimeMillis(clock.millis()).build().toByteArray());
        } else {
            send(request, code.status(), JSON,
                    Json.mapper().writeValueAsBytes(new ErrorView(code.word(), text, problems)));
        }
    }

    /** At once, so that nobody has to send a body that is not wanted to be told so. */
    private static void send(Context request, int status, String type, byte[] body) {
        HttpServletResponse answer = request.res();
        answer.setStatus(status);
        answer.setContentType(type);
        answer.setContentLength(body.length);
        try {
            answer.getOutputStream().write(body);
            answer.flushBuffer();
        } catch (IOException e) {
            LOG.debug("connection lost", e);
            return;
        }
        Bodies.discard(request);
    }
}
