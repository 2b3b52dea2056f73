package dev.hansa.core.mechanism;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.strategy.ServerState;
import java.util.Optional;

/** Both halves for one attempt at a round. */
public interface PrivateRound {

    /** How clients train, where a strategy would have them train so. */
    default LocalTraining training(LocalTraining plain) {
        return plain;
    }

    /** The client's half, once it has trained; empty if updates are sent as they are. */
    Optional<Protection> onClient();

    /** The coordinator's half, to be started once; empty for the rule of the strategy, whichever that is. */
    Optional<Aggregator> onServer();

    /** The state after the round, with what the mechanism remembers for the next. */
    default ServerState after(Aggregate aggregate, ServerState stepped) {
        return stepped;
    }
}
