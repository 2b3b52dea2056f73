package dev.hansa.cli.operator;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.server.api.EventView;
import dev.hansa.server.api.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Follows a run event by event to its end; waits for a coordinator that is away, and goes on where it was. */
public final class RunFollower {
    private static final Duration WAIT = Duration.ofSeconds(25);
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final Operator operator;
    private final String run;
    private final Patience patience;

    /** @param messages is told when the coordinator is away and back */
    public RunFollower(Operator operator, String run, Consumer<String> messages) {
        this.operator = operator;
        this.run = run;
        this.patience = new Patience(messages, FOREVER);
        patience.answered(); // when it took the run in
    }

    /**
     * Hands over all events from the first to the last, and returns when the last one happened.
     *
     * @throws InterruptedException if the thread was interrupted; the run goes on
     */
    public Instant follow(Consumer<RunEvent> events) throws InterruptedException {
        long last = 0;
        String told = "";
        while (true) {
            try {
                List<EventView> news = operator.events(run, last, WAIT);
                if (news.isEmpty()) {
                    told = tellSilence(told, events);
                }
                for (EventView view : news) {
                    last = view.number();
                    events.accept(view.event());
                    if (view.event() instanceof RunEvent.Waiting waiting) {
                        told = waiting.waitsFor();
                    }
                    if (ends(view.event())) {
                        return view.time();
                    }
                }
                patience.answered();
                if (Thread.interrupted()) {
                    throw new InterruptedException("stopped following the run " + run);
                }
            } catch (UnreachableException e) {
                patience.after(e);
            }
        }
    }

    /** When nothing happens for a while, somebody may be gone: what the run waits for then is no event of its own. */
    private String tellSilence(String told, Consumer<RunEvent> events) {
        RunView now = operator.run(run);
        String text = Objects.requireNonNullElse(now.waitsFor(), "");
        if (!text.isEmpty() && !text.equals(told)) {
            events.accept(new RunEvent.Waiting(now.nodes(), now.present(), text));
        }
        return text;
    }

    private static boolean ends(RunEvent event) {
        return event instanceof RunEvent.Finished || event instanceof RunEvent.Stopped
                || event instanceof RunEvent.Failed;
    }
}
