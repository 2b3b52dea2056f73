package dev.hansa.cli.operator;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.server.api.EventView;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Follows a run event by event to its end; waits for a coordinator that is away, and goes on where it was. */
public final class RunFollower {
    private static final Duration WAIT = Duration.ofSeconds(25);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Operator operator;
    private final String run;
    private final Consumer<String> messages;

    /** @param messages is told when the coordinator is away and back */
    public RunFollower(Operator operator, String run, Consumer<String> messages) {
        this.operator = operator;
        this.run = run;
        this.messages = messages;
    }

    /**
     * Hands over all events from the first to the last, and returns when the last one happened.
     *
     * @throws InterruptedException if the thread was interrupted; the run goes on
     */
    public Instant follow(Consumer<RunEvent> events) throws InterruptedException {
        long last = 0;
        Duration pause = SHORTEST_PAUSE;
        while (true) {
            try {
                for (EventView view : operator.events(run, last, WAIT)) {
                    last = view.number();
                    events.accept(view.event());
                    if (ends(view.event())) {
                        return view.time();
                    }
                }
                if (!pause.equals(SHORTEST_PAUSE)) {
                    messages.accept("the coordinator is back");
                    pause = SHORTEST_PAUSE;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException("stopped following the run " + run);
                }
            } catch (UnreachableException e) {
                if (!e.retrySafe()) {
                    throw e;
                }
                if (pause.equals(SHORTEST_PAUSE)) {
                    messages.accept(e.getMessage() + "; trying again");
                }
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private static boolean ends(RunEvent event) {
        return event instanceof RunEvent.Finished || event instanceof RunEvent.Stopped
                || event instanceof RunEvent.Failed;
    }
}
