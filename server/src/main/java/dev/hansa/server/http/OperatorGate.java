package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.server.trust.OperatorToken;
import dev.hansa.wire.ErrorCode;
import io.javalin.http.Handler;

/** Lets requests with the operator's token through. */
final class OperatorGate {
    private final OperatorToken token;

    OperatorGate(OperatorToken token) {
        this.token = token;
    }

    Handler call(Handler handler) {
        return request -> {
            if (!token.allows(request.header("Authorization"))) {
                request.header("WWW-Authenticate", "Bearer");
                throw new RejectedException(ErrorCode.WRONG_TOKEN,
                        "this call needs the operator's token; the coordinator keeps it in its data directory");
            }
            Peer.know(request);
            handler.handle(request);
        };
    }
}
