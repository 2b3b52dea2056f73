package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RunEvent;

/** Of one run among many, what went wrong and no run before it has told: for files, pipes and logs. */
final class QuietView implements RunView {
    private final Terminal terminal;
    private final Overall overall;

    QuietView(Terminal terminal, Overall overall) {
        this.terminal = terminal;
        this.overall = overall;
    }

    @Override
    public void accept(RunEvent event) {
        overall.troubles().tell(overall.name(), event).ifPresent(this::say);
    }

    @Override
    public synchronized void say(String line) {
        terminal.print(Format.printable(overall.name() + ": " + line) + "\n");
    }

    @Override
    public void close() {
        // each line was written at once
    }
}
