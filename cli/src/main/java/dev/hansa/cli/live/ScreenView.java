package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A few lines that show the whole run, redrawn at each {@link #tick}. */
final class ScreenView implements RunView {
    private final Terminal terminal;
    private final Screen screen;
    private final RunProgress progress;
    private final InstantSource clock;
    private final Instant begin;
    private final Optional<Overall> overall;
    private final List<String> above = new ArrayList<>();
    private final Notices notices = new Notices();
    private boolean closed;

    ScreenView(Terminal terminal, RunSpec spec, InstantSource clock) {
        this(terminal, spec, clock, Optional.empty());
    }

    /** @param overall what the run is among others, if there are any */
    ScreenView(Terminal terminal, RunSpec spec, InstantSource clock, Optional<Overall> overall) {
        this.overall = overall;
        this.terminal = terminal;
        this.screen = new Screen(terminal);
        this.progress = new RunProgress(spec);
        this.clock = clock;
        this.begin = clock.instant();
    }

    @Override
    public synchronized void accept(RunEvent event) {
        progress.apply(event);
        if (overall.isEmpty()) {
            above.addAll(notices.after(event));
        } else {
            String name = overall.get().name();
            overall.get().troubles().tell(name, event).ifPresent(text -> above.add(name + ": " + text));
        }
    }

    @Override
    public synchronized void say(String line) {
        above.add(line);
        tick();
    }

    /** Draws what is known now. */
    synchronized void tick() {
        if (!closed) {
            screen.draw(above,
                    new Frame(terminal).draw(overall, progress, Duration.between(begin, clock.instant())));
            above.clear();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            tick();
            closed = true;
            screen.close();
        }
    }
}
