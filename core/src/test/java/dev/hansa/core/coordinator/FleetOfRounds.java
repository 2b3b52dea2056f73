package dev.hansa.core.coordinator;

import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.Optional;

/** A fleet for tests of runs in rounds. */
public abstract class FleetOfRounds implements Fleet {

    @Override
    public void send(Sent sent, Task task, Duration deadline) {
        throw new UnsupportedOperationException("it is asked in rounds");
    }

    @Override
    public Optional<Answer> take() {
        throw new UnsupportedOperationException("it is asked in rounds");
    }

    @Override
    public void withdraw(RunEvent.Phase phase) {
        throw new UnsupportedOperationException("it is asked in rounds");
    }
}
