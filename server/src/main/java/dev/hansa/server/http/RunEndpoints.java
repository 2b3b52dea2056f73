package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.server.run.RunViews;
import dev.hansa.server.run.Runs;
import dev.hansa.server.run.WhichModel;
import dev.hansa.server.store.EventLog;
import dev.hansa.server.store.RunRow;
import dev.hansa.server.trust.Right;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.FileSignature;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/** How operators submit, watch and stop runs, and take models away. */
final class RunEndpoints {
    private static final int KEY_CHARS = 200;

    private final PersonGate gate;
    private final Runs runs;
    private final RunViews views;
    private final EventLog events;
    private final Bodies bodies;

    RunEndpoints(PersonGate gate, Runs runs, RunViews views, EventLog events, Bodies bodies) {
        this.gate = gate;
        this.runs = runs;
        this.views = views;
        this.events = events;
        this.bodies = bodies;
    }

    void addTo(RoutesConfig routes) {
        routes.get(Endpoints.RUNS, gate.call(Right.SEE, request -> Answers.json(request, 200, views.all())));
        routes.post(Endpoints.RUNS, gate.act(Right.RUN, "run.submit", this::submit));
        routes.get(Endpoints.RUN, gate.call(Right.SEE, request -> Answers.json(request, 200, views.of(run(request)))));
        routes.post(Endpoints.STOP, gate.act(Right.RUN, "run.stop", RunEndpoints::id, this::stop));
        routes.get(Endpoints.EVENTS, gate.call(Right.SEE, this::events));
        routes.get(Endpoints.SPEC,
                gate.call(Right.SEE,
                        request -> request.contentType("text/plain; charset=utf-8").result(run(request).spec())));
        routes.get(Endpoints.MODEL, gate.act(Right.TAKE, "model.fetch", RunEndpoints::id, this::model));
    }

    private void submit(Context request) throws IOException {
        Optional<String> key = key(request);
        RunRow run;
        try (Bodies.Body body = bodies.read(request)) {
            run = runs.submit(text(body.bytes()), "run.yaml", signature(request), key);
        }
        gate.note(request, "run.submitted", run.id(),
                "SHA-256 of the file " + Sha256.of(run.spec().getBytes(StandardCharsets.UTF_8)));
        request.header("Location", Endpoints.at(Endpoints.RUN, run.id()));
        Answers.json(request, 201, views.of(run));
    }

    /** By which the same submission is known again. */
    static Optional<String> key(Context request) {
        Optional<String> key = Optional.ofNullable(request.header(HeaderNames.IDEMPOTENCY_KEY));
        if (key.filter(text -> text.isBlank() || text.length() > KEY_CHARS).isPresent()) {
            throw new RejectedException(ErrorCode.BAD_REQUEST,
                    HeaderNames.IDEMPOTENCY_KEY + " has more than " + KEY_CHARS + " characters, or none");
        }
        return key;
    }

    /** The author's signature of the file that was sent, if there is one. */
    static Optional<FileSignature> signature(Context request) {
        try {
            return Optional.ofNullable(request.header(HeaderNames.FILE_SIGNATURE)).map(FileSignature::parse);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, HeaderNames.FILE_SIGNATURE + ": " + e.getMessage());
        }
    }

    /** The file that was sent. */
    static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, "the file is no text in UTF-8");
        }
    }

    private void stop(Context request) {
        runs.stop(id(request));
        Answers.json(request, 200, views.of(run(request)));
    }

    private void events(Context request) throws InterruptedException {
        Answers.json(request, 200, events.after(run(request).id(), Arguments.number(request, Endpoints.AFTER, 0),
                Arguments.waiting(request)));
    }

    private void model(Context request) throws IOException {
        RunRow run = run(request);
        WhichModel which = which(request);
        FileChannel model = views.model(run, which);
        request.header("Content-Disposition", "attachment; filename=\"" + run.id()
                + (which == WhichModel.BEST ? "-best" : "") + ".safetensors\"");
        FileAnswer.send(request, model, bytes -> {});
    }

    private static WhichModel which(Context request) {
        String text = Objects.requireNonNullElse(request.queryParam(Endpoints.WHICH), "last");
        return switch (text) {
            case "last" -> WhichModel.LAST;
            case "best" -> WhichModel.BEST;
            default -> throw new RejectedException(ErrorCode.BAD_REQUEST,
                    Endpoints.WHICH + " is \"" + text + "\", expected last or best");
        };
    }

    private RunRow run(Context request) {
        return runs.get(id(request));
    }

    private static String id(Context request) {
        return request.pathParam("id");
    }
}
