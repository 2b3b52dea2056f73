package dev.hansa.server.faults;

import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings requests to the coordinator and answers back: late, twice, in pieces, in another order, or not at all. */
final class Network {
    /** A node gives up a call when nothing has moved for so long. */
    static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration FAST = Duration.ofMillis(50);
    private static final Duration LATE = Duration.ofMinutes(2);
    /** As long as a node is let wait for its next task. */
    private static final Duration BETWEEN = Duration.ofSeconds(30);

    private final Scheduler scheduler;
    private final Faults faults;
    private final Trace trace;
    private final Machine coordinator;
    private final List<Exchange> accepted = new ArrayList<>();
    private final Map<String, Long> lastArrived = new HashMap<>();
    private long calls;
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
    Exchange call(Request request) {
        Request sent = request.body().length > 0 && faults.strike(Mishap.REQUEST_CUT, faults.cut)
                ? request.cutTo(faults.choose(request.body().length)) : request;
        Exchange exchange = new Exchange(scheduler, scheduler.current());
        long number = ++calls;
        if (!faults.strike(Mishap.REQUEST_LOST, faults.lost)) {
            scheduler.after(delay(Mishap.REQUEST_LATE), () -> arrive(sent, number, exchange));
        }
        if (faults.strike(Mishap.REQUEST_DUPLICATED, faults.duplicated)) {
            scheduler.after(delay(Mishap.REQUEST_LATE), () -> arrive(sent, number, new Exchange(scheduler, null)));
        }
        return exchange;
    }

    private Duration delay(Mishap late) {
        return faults.within(faults.strike(late, faults.late) ? LATE : FAST);
    }

    private void arrive(Request request, long number, Exchange exchange) {
        Port listening = port;
        if (listening == null || coordinator.life().isOver()) {
            exchange.fail(new ConnectException("Connection refused"));
            return;
        }
        if (lastArrived.merge(request.node(), number, Math::max) > number) {
            faults.count(Mishap.REQUEST_OVERTOOK);
        }
        accepted.add(exchange);
        scheduler.start(coordinator.life(), "request", () -> {
            Line line = new Line(exchange);
            Optional<Answer> answer = listening.answer(request, line);
            trace.note(() -> request + " -> " + answer.map(Network::text).orElse("nothing"));
            accepted.remove(exchange);
            if (answer.isEmpty()) {
                exchange.fail(new SocketException("Connection reset"));
            } else {
                line.end(answer.get());
            }
        });
    }

    private static String text(Answer answer) {
        return answer.status() < 400 ? "" + answer.status()
                : answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8).replaceAll("[^ -~]", "")
                        .replaceAll("\\p{XDigit}{20,}|/\\S*", "…");
    }

    /** The way back of one answer, in order: what is lost takes with it what comes after. */
    final class Line {
        private final Exchange exchange;
        private long lastArrives;
        private boolean begun;
        private boolean broken;

        private Line(Exchange exchange) {
            this.exchange = exchange;
        }

        /** Sends the head alone; the body comes later. */
        void begin(Answer.Head head) {
            begun = true;
            send(() -> exchange.begin(head));
            if (!broken && faults.strike(Mishap.ANSWER_BROKE_BETWEEN, faults.lost)) {
                scheduler.after(faults.within(BETWEEN), () -> exchange.fail(new SocketException("Connection reset")));
            }
        }

        /** Whether the head is sent: then the answer cannot become another. */
        boolean hasBegun() {
            return begun;
        }

        private void end(Answer answer) {
            Answer left = answer.body().length > 0 && faults.strike(Mishap.ANSWER_CUT, faults.cut)
                    ? answer.cutTo(faults.choose(answer.body().length)) : answer;
            send(() -> exchange.succeed(left));
        }

        private void send(Runnable arrival) {
            broken |= faults.strike(Mishap.ANSWER_LOST, faults.lost);
            if (!broken) {
                lastArrives = Math.max(lastArrives, scheduler.nanos() + delay(Mishap.ANSWER_LATE).toNanos());
                scheduler.at(lastArrives, arrival);
            }
        }
    }
}
