package dev.hansa.server.faults;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings requests to the coordinator and answers back: late, twice, in pieces, in another order, or not at all. */
final class Network {
    /** A node gives up a call when nothing has moved for so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration FAST = Duration.ofMillis(50);
    private static final Duration LATE = Duration.ofMinutes(2);

    private final Scheduler scheduler;
    private final Faults faults;
    private final Trace trace;
    private final Machine coordinator;
    private final List<Exchange> accepted = new ArrayList<>();
    private @Nullable Port port;

    Network(Scheduler scheduler, Faults faults, Trace trace, Machine coordinator) {
        this.scheduler = scheduler;
        this.faults = faults;
        this.trace = trace;
        this.coordinator = coordinator;
    }

    /** From now on that answers. */
    void open(Port listening) {
        port = listening;
    }

    /** Nobody listens any more; who waits for an answer gets none, and most come to know it. */
    void close() {
        port = null;
        for (Exchange exchange : accepted) {
            if (faults.choose(4) > 0) {
                scheduler.after(faults.within(FAST), () -> exchange.fail(new SocketException("Connection reset")));
            }
        }
        accepted.clear();
    }

    /** Makes a request, from a node's thread. */
    Answer call(Request request) throws IOException {
        Request sent = faults.strike(faults.cut) && request.body().length > 0
                ? request.cutTo(faults.choose(request.body().length)) : request;
        Exchange exchange = new Exchange(scheduler.current());
        if (!faults.strike(faults.lost)) {
            scheduler.after(delay(), () -> arrive(sent, exchange));
        }
        if (faults.strike(faults.duplicated)) {
            scheduler.after(delay(), () -> arrive(sent, new Exchange(null)));
        }
        long end = scheduler.nanos() + PATIENCE.toNanos();
        while (!exchange.over && scheduler.nanos() < end) {
            scheduler.park(end);
        }
        exchange.over = true;
        if (exchange.answer != null) {
            return cut(exchange.answer);
        }
        throw exchange.problem == null ? new SocketTimeoutException("timeout") : exchange.problem;
    }

    private Answer cut(Answer answer) {
        return answer.body().length > 0 && faults.strike(faults.cut)
                ? answer.cutTo(faults.choose(answer.body().length)) : answer;
    }

    private Duration delay() {
        return faults.within(faults.strike(faults.late) ? LATE : FAST);
    }

    private void arrive(Request request, Exchange exchange) {
        Port listening = port;
        if (listening == null || coordinator.life().isOver()) {
            exchange.fail(new ConnectException("Connection refused"));
            return;
        }
        accepted.add(exchange);
        scheduler.start(coordinator.life(), "request", () -> {
            Optional<Answer> answer = listening.answer(request);
            trace.note(() -> request + " -> " + answer.map(Network::text).orElse("nothing"));
            accepted.remove(exchange);
            if (answer.isEmpty()) {
                exchange.fail(new SocketException("Connection reset"));
            } else if (!faults.strike(faults.lost)) {
                scheduler.after(delay(), () -> exchange.succeed(answer.get()));
            }
        });
    }

    private static String text(Answer answer) {
        return answer.status() < 400 ? "" + answer.status()
                : answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8).replaceAll("[^ -~]", "")
                        .replaceAll("\\p{XDigit}{20,}|/\\S*", "…");
    }

    /** A request whose sender waits. */
    private final class Exchange {
        private final Scheduler.@Nullable Worker sender;
        private @Nullable Answer answer;
        private @Nullable IOException problem;
        private boolean over;

        Exchange(Scheduler.@Nullable Worker sender) {
            this.sender = sender;
        }

        void succeed(Answer given) {
            end(given, null);
        }

        void fail(IOException met) {
            end(null, met);
        }

        private void end(@Nullable Answer given, @Nullable IOException met) {
            if (!over && sender != null) {
                over = true;
                answer = given;
                problem = met;
                scheduler.wake(sender);
            }
        }
    }
}
