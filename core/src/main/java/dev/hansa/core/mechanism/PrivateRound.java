package dev.hansa.core.mechanism;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.strategy.ServerState;

/** Both halves for one attempt at a round. */
public interface PrivateRound {

    /** The client's half. */
    Protection onClient();

    /** The coordinator's half; to be started once. */
    Aggregator onServer();

    /** The state after the round, with what the mechanism remembers for the next. */
    default ServerState after(Aggregate aggregate, ServerState stepped) {
        return stepped;
    }
}
