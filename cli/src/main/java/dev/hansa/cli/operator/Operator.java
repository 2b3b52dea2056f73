package dev.hansa.cli.operator;

import dev.hansa.client.http.PinnedHttp;
import dev.hansa.server.api.AccessRequest;
import dev.hansa.server.api.AccessView;
import dev.hansa.server.api.AuditEntry;
import dev.hansa.server.api.EventView;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.NodeView;
import dev.hansa.server.api.RunSummary;
import dev.hansa.server.api.RunView;
import dev.hansa.server.api.SurveyView;
import dev.hansa.server.api.TokenRequest;
import dev.hansa.server.api.TokenView;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.trust.FileSignature;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.core.JacksonException;

/**
 * The calls of an operator to one coordinator; docs/protocol.md lists them.
 *
 * <p>Each throws {@link UnreachableException} if the coordinator does not answer, and {@link RefusedException} if it
 * answers with an error. Safe for several threads.
 */
public final class Operator implements AutoCloseable {
    private static final RequestBody NOTHING = RequestBody.create(new byte[0]);
    private static final MediaType YAML = MediaType.get("application/yaml; charset=utf-8");
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final PinnedHttp http;
    private final String authorization;

    /** @param token of a person: of the kind {@link Token.Kind#OPERATOR} or {@link Token.Kind#ACCESS} */
    public Operator(Token token) {
        this.http = new PinnedHttp(token.address(), token.fingerprint());
        this.authorization =
                "Bearer " + Base64.getUrlEncoder().withoutPadding().encodeToString(token.secret().toBytes());
    }

    /** The coordinator's address, as people write it. */
    public String address() {
        return http.address();
    }

    /** Starts a run; the text is that of a run file. */
    public RunView submit(String runFile) {
        return submit(runFile, Optional.empty(), UUID.randomUUID().toString());
    }

    /** Starts a run, unless one was started with the same key: then it is that one. */
    RunView submit(String runFile, Optional<FileSignature> signature, String key) {
        return read(request(Endpoints.RUNS, signature).header(HeaderNames.IDEMPOTENCY_KEY, key)
                .post(RequestBody.create(runFile, YAML)), RunView.class);
    }

    private Request.Builder request(String path, Optional<FileSignature> signature) {
        Request.Builder request = request(path);
        signature.ifPresent(known -> request.header(HeaderNames.FILE_SIGNATURE, known.text()));
        return request;
    }

    /** Asks nodes for statistics, unless that was asked with the same key: then it is that survey. */
    SurveyView ask(String file, Optional<FileSignature> signature, String key) {
        return read(request(Endpoints.SURVEYS, signature).header(HeaderNames.IDEMPOTENCY_KEY, key)
                .post(RequestBody.create(file, YAML)), SurveyView.class);
    }

    /** One survey; waits for its end. */
    public SurveyView survey(String id, Duration wait) {
        return read(request(Endpoints.at(Endpoints.SURVEY, id) + "?" + Endpoints.WAIT + "=" + wait.toSeconds()),
                SurveyView.class);
    }

    /** All runs. */
    public List<RunSummary> runs() {
        return Arrays.asList(read(request(Endpoints.RUNS), RunSummary[].class));
    }

    /** One run with its rounds. */
    public RunView run(String id) {
        return read(request(Endpoints.at(Endpoints.RUN, id)), RunView.class);
    }

    /** Ends a run after the round at hand. */
    public RunView stop(String id) {
        return read(request(Endpoints.at(Endpoints.STOP, id)).post(NOTHING), RunView.class);
    }

    /** What happened in the run after the event of that number; waits for the first. */
    public List<EventView> events(String id, long after, Duration wait) {
        return Arrays.asList(read(request(Endpoints.at(Endpoints.EVENTS, id) + "?" + Endpoints.AFTER + "=" + after + "&"
                + Endpoints.WAIT + "=" + wait.toSeconds()), EventView[].class));
    }

    /** The run file as it was submitted. */
    public String spec(String id) {
        try (Response response = call(request(Endpoints.at(Endpoints.SPEC, id)))) {
            return response.body().string();
        } catch (IOException e) {
            throw new UnreachableException(address(), e);
        }
    }

    /** Writes {@code model.safetensors} of the last committed round. */
    public void model(String id, OutputStream out) throws IOException {
        fetch(Endpoints.at(Endpoints.MODEL, id), out);
    }

    /** Writes {@code model.safetensors} of the best round. */
    public void bestModel(String id, OutputStream out) throws IOException {
        fetch(Endpoints.at(Endpoints.MODEL, id) + "?" + Endpoints.WHICH + "=best", out);
    }

    private void fetch(String path, OutputStream out) throws IOException {
        try (Response response = call(request(path));
                InputStream in = response.body().byteStream()) {
            in.transferTo(out);
        }
    }

    /** All nodes that have joined. */
    public List<NodeView> nodes() {
        return Arrays.asList(read(request(Endpoints.NODES), NodeView[].class));
    }

    /** Sends a node away for good. */
    public void remove(String node) {
        call(request(Endpoints.at(Endpoints.NODE, node)).delete()).close();
    }

    /** A new join token. */
    public TokenView token(TokenRequest wanted) {
        return read(request(Endpoints.TOKENS).post(RequestBody.create(Json.mapper().writeValueAsString(wanted), JSON)),
                TokenView.class);
    }

    /** Who was given access. */
    public List<AccessView> access() {
        return Arrays.asList(read(request(Endpoints.ACCESS), AccessView[].class));
    }

    /** A new access token. */
    public TokenView giveAccess(AccessRequest wanted) {
        return read(request(Endpoints.ACCESS).post(RequestBody.create(Json.mapper().writeValueAsString(wanted), JSON)),
                TokenView.class);
    }

    /** Ends what somebody was given. */
    public void revokeAccess(String name) {
        call(request(Endpoints.at(Endpoints.ACCESS_OF, name)).delete()).close();
    }

    /** Who did what after the entry of that number; some of it, and nothing at the end. */
    public List<AuditEntry> audit(long after) {
        return Arrays.asList(read(request(Endpoints.AUDIT + "?" + Endpoints.AFTER + "=" + after), AuditEntry[].class));
    }

    private Request.Builder request(String path) {
        return new Request.Builder().url(http.url(path)).header("Authorization", authorization);
    }

    private <T> T read(Request.Builder request, Class<T> type) {
        String text;
        try (Response response = call(request)) {
            text = response.body().string();
        } catch (IOException e) {
            throw new UnreachableException(address(), e);
        }
        try {
            return Json.mapper().readValue(text, type);
        } catch (JacksonException e) {
            throw new RefusedException("the answer of the coordinator at " + address()
                    + " cannot be understood; are it and this program of the same version?", e);
        }
    }

    private Response call(Request.Builder request) {
        try {
            Response response = http.client().newCall(request.build()).execute();
            if (!response.isSuccessful()) {
                try (response) {
                    throw RefusedException.of(response.code(), response.body().string());
                }
            }
            return response;
        } catch (IOException e) {
            throw new UnreachableException(address(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
