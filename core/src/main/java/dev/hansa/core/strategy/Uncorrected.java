package dev.hansa.core.strategy;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Parameters;
import java.util.Optional;

/** Clients train as if each were alone. */
record Uncorrected() implements DriftCorrection {

    @Override
    public boolean remembers() {
        return false;
    }

    @Override
    public ServerState after(ServerState stepped, Aggregate aggregate, int population) {
        return stepped;
    }

    @Override
    public Start start(Parameters received, Optional<Parameters> remembered) {
        return new Start(received, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public End end(Start start, Parameters moved, double steps) {
        return new End(moved, Optional.empty());
    }
}
