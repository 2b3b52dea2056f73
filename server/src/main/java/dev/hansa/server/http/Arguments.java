package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Sha256;
import io.javalin.http.Context;
import java.time.Duration;

/** Reads what stands in a request's path and query. */
final class Arguments {
    /** How long a request may be held open. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private Arguments() {}

    /** A digest in the path. */
    static Sha256 sha256(Context request) {
        try {
            return Sha256.parse(request.pathParam("sha256"));
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /** A number in the query, 0 or more. */
    static long number(Context request, String name, long otherwise) {
        String text = request.queryParam(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new RejectedException(ErrorCode.BAD_REQUEST,
                name + " is \"" + text + "\", expected a number of 0 or more");
    }

    /** A number in the query that has to be there. */
    static long number(Context request, String name) {
        long number = number(request, name, -1);
        if (number < 0) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, "the query does not tell " + name);
        }
        return number;
    }

    /** How long to hold the request open. */
    static Duration waiting(Context request) {
        return Duration.ofSeconds(Math.min(number(request, Endpoints.WAIT, 0), LONGEST_WAIT.toSeconds()));
    }
}
