package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {
    private final List<RunEvent> heard = new ArrayList<>();
    private final MemoryStore store = new MemoryStore(heard::add);
    private int runs;

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected Store afterRestart() {
        return store;
    }

    @Override
    protected String newRun(RunSpec spec) {
        return "run-" + runs++;
    }

    @Test
    void listenerHearsEachEvent() {
        store.append("run", new RunEvent.Stopped(1));

        assertThat(heard).containsExactly(new RunEvent.Stopped(1));
    }
}
