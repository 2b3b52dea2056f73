package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RunEvent;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A {@link ScreenView} that redraws itself some ten times a second, and cleans up even when the process is stopped. */
final class LiveView implements RunView {
    private final ScreenView view;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("hansa-live").daemon().factory());
    private final Thread hook;

    LiveView(ScreenView view) {
        this.view = view;
        this.hook = new Thread(view::close, "hansa-live-end");
        timer.scheduleWithFixedDelay(view::tick, 50, 100, TimeUnit.MILLISECONDS);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void accept(RunEvent event) {
        view.accept(event);
    }

    @Override
    public void say(String line) {
        view.say(line);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        view.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook runs, or has run
        }
    }
}
