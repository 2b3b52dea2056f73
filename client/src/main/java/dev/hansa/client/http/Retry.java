package dev.hansa.client.http;

import dev.hansa.wire.trust.WrongFingerprintException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Makes a call until it succeeds, if trying again can mend what went wrong, as long as it takes.
 *
 * <p>The pauses grow from {@link #SHORTEST} by doubling up to {@link #LONGEST} and are drawn evenly from zero to that
 * ("full jitter"), so that nodes which lost the same coordinator do not all come back at once. A pause for which the
 * coordinator asks is drawn out by up to as much again, {@link #LONGEST} at most: it asks all whom it turns away for the
 * same one.
 */
final class Retry {
    static final Duration SHORTEST = Duration.ofMillis(200);
    /** Short, so that a coordinator that is back has its nodes again soon, however long it was away. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    private final String address;
    private final Timing timing;
    private final LinkListener listener;
    private volatile boolean known;

    Retry(String address, Timing timing, LinkListener listener) {
        this.address = address;
        this.timing = timing;
        this.listener = listener;
    }

    /**
     * @throws ErrorAnswer   if the coordinator answered what no repetition changes
     * @throws LinkException if the connection cannot be trusted and no call has succeeded yet: later another program may
     *                       stand in the coordinator's place for a while
     */
    <T> T call(Attempt<T> attempt) throws ErrorAnswer, InterruptedException {
        boolean failed = false;
        long reached = 0;
        for (int failures = 0;; failures++) {
            try {
                T result = attempt.make();
                known = true;
                if (failed) {
                    listener.reachableAgain(address);
                }
                return result;
            } catch (IOException e) {
                failed = true;
                failures = attempt.reached() > reached ? 0 : failures;
                reached = Math.max(reached, attempt.reached());
                Optional<LinkException> untrusted = untrusted(e);
                if (untrusted.isPresent() && !known) {
                    throw untrusted.get();
                }
                Duration pause = pause(failures, Duration.ZERO);
                listener.retrying(address, untrusted.map(Throwable::getMessage)
                        .map(problem -> problem + "; nothing is sent to it")
                        .orElse(e.getMessage() == null ? e.toString() : e.getMessage()), pause);
                timing.sleep(pause);
            } catch (ErrorAnswer e) {
                if (!e.mendable()) {
                    throw e;
                }
                failed = true;
                putOff(failures, e.retryAfter(), e.text());
            }
        }
    }

    /** Waits as before an attempt that follows so many failures, because of what the coordinator answered. */
    void putOff(int failures, Duration atLeast, String problem) throws InterruptedException {
        Duration pause = pause(failures, atLeast);
        listener.putOff(address, problem, pause);
        timing.sleep(pause);
    }

    private Duration pause(int failures, Duration atLeast) {
        long grown = Math.max(atLeast.toMillis(), SHORTEST.toMillis() << Math.min(failures, 16));
        return atLeast.plusMillis((long) (timing.random() * Math.min(LONGEST.toMillis(), grown)));
    }

    /** A handshake that broke off may succeed next time; one in which the other side showed a wrong face will not. */
    private Optional<LinkException> untrusted(IOException e) {
        if (e instanceof SSLPeerUnverifiedException) {
            return Optional.of(untrusted("untrusted", "its certificate does not name this host", e));
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                String code = cause instanceof WrongFingerprintException ? "wrong-fingerprint" : "untrusted";
                return Optional.of(untrusted(code, String.valueOf(cause.getMessage()), e));
            }
        }
        boolean brokenOff = e.getCause() instanceof EOFException || e.getCause() instanceof SocketException;
        if (e instanceof SSLHandshakeException && !brokenOff) {
            return Optional
                    .of(untrusted("untrusted", "it does not agree to TLS 1.2 or newer (" + e.getMessage() + ")", e));
        }
        return Optional.empty();
    }

    private LinkException untrusted(String code, String problem, IOException cause) {
        return new LinkException(code, "what answers at " + address + " cannot be trusted: " + problem, cause);
    }

    /** One try. */
    interface Attempt<T> {
        T make() throws IOException, ErrorAnswer, InterruptedException;

        /** How far all tries together have come; who gets further than before begins with short pauses again. */
        default long reached() {
            return 0;
        }
    }
}
