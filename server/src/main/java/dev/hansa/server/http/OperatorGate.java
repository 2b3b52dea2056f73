package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.server.store.AuditLog;
import dev.hansa.server.trust.OperatorToken;
import dev.hansa.wire.ErrorCode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.function.Function;

/** Lets requests with the operator's token through, and notes what they change. */
final class OperatorGate {
    /** As the audit log calls who has the operator's token. */
    private static final String OPERATOR = "operator";

    private final OperatorToken token;
    private final AuditLog audit;
    private final Tally refused = new Tally(System::nanoTime);

    OperatorGate(OperatorToken token, AuditLog audit) {
        this.token = token;
        this.audit = audit;
    }

    /** A call that changes nothing, and takes nothing away. */
    Handler call(Handler handler) {
        return request -> {
            let(request);
            handler.handle(request);
        };
    }

    /** A call that is noted, as done to nothing in particular. */
    Handler act(String act, Handler handler) {
        return act(act, request -> "", handler);
    }

    /**
     * A call that is noted before it is done, and again if it is refused.
     *
     * @param subject of the act, as the request tells it
     */
    Handler act(String act, Function<Context, String> subject, Handler handler) {
        return request -> {
            let(request);
            String whom = subject.apply(request);
            audit.note(OPERATOR, act, whom, "from " + request.ip());
            try {
                handler.handle(request);
            } catch (RejectedException e) {
                audit.note(OPERATOR, act + ".refused", whom, e.code().word());
                throw e;
            }
        };
    }

    /** Notes what came of an act, where only its end tells that. */
    void note(String act, String subject, String detail) {
        audit.note(OPERATOR, act, subject, detail);
    }

    private void let(Context request) {
        if (!token.allows(request.header("Authorization"))) {
            refused.note(times -> audit.note("stranger", "operator.refused", request.path(),
                    "from " + request.ip() + Tally.others(times)));
            request.header("WWW-Authenticate", "Bearer");
            throw new RejectedException(ErrorCode.WRONG_TOKEN,
                    "this call needs the operator's token; the coordinator keeps it in its data directory");
        }
        Peer.know(request);
    }
}
