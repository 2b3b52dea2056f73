package dev.hansa.client.http;

import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.Limits;
import dev.hansa.wire.message.MalformedMessageException;
import dev.hansa.wire.message.Messages;
import dev.hansa.wire.proto.Error;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Response;
import okio.BufferedSource;

/** Reads what the coordinator answers, and no more of it than an answer may have. */
final class Answers {
    private static final long LONGEST_RETRY_AFTER_SECONDS = 600;

    private Answers() {}

    /**
     * @throws ErrorAnswer if the status tells of one
     */
    static Response requireSuccess(Response response) throws IOException, ErrorAnswer {
        if (response.isSuccessful()) {
            return response;
        }
        Error error = error(response);
        throw new ErrorAnswer(response.code(), ErrorCode.of(response.code(), error.getCode()).orElse(null),
                error.getMessage(), error.getTimeMillis(),
                retryAfter(response));
    }

    /** The body of a control message. */
    static byte[] message(Response response) throws IOException {
        BufferedSource body = response.body().source();
        if (body.request(Limits.MESSAGE_BYTES + 1L)) {
            throw LinkException.notUnderstood(address(response),
                    "it is larger than " + Limits.MESSAGE_BYTES + " bytes");
        }
        return body.readByteArray();
    }

    /** The body of a control message; if it is larger than one may be, cut off after one byte more. */
    static byte[] beginning(Response response) throws IOException {
        BufferedSource body = response.body().source();
        return body.request(Limits.MESSAGE_BYTES + 1L)
                ? body.readByteArray(Limits.MESSAGE_BYTES + 1L)
                : body.readByteArray();
    }

    /** How much of an upload the coordinator says to have. */
    static long offset(Response response) {
        String offset = response.header(HeaderNames.OFFSET, "");
        try {
            long bytes = Long.parseLong(offset);
            if (bytes >= 0) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw LinkException.notUnderstood(address(response), "its upload offset is \"" + offset + "\"");
    }

    /** What stands between node and coordinator (a proxy, say) answers errors with bodies of its own. */
    private static Error error(Response response) throws IOException {
        BufferedSource body = response.body().source();
        if (body.request(Limits.MESSAGE_BYTES + 1L)) {
            return Error.getDefaultInstance();
        }
        try {
            return Messages.parse(Error.parser(), body.readByteArray());
        } catch (MalformedMessageException e) {
            return Error.getDefaultInstance();
        }
    }

    private static String address(Response response) {
        HttpUrl url = response.request().url();
        return url.host() + ":" + url.port();
    }

    private static Duration retryAfter(Response response) {
        try {
            long seconds = Long.parseLong(response.header("Retry-After", "0"));
            return Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_RETRY_AFTER_SECONDS)));
        } catch (NumberFormatException e) {
            return Duration.ZERO; // a date, which this protocol does not use
        }
    }
}
