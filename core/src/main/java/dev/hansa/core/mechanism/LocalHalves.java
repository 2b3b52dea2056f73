package dev.hansa.core.mechanism;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.strategy.ServerState;
import java.util.OptionalDouble;

/** Clients clip and add noise; the coordinator adds up. */
record LocalHalves(double clip, double noise, Drawing drawing) implements Halves {

    @Override
    public void check() {
        // any noise will do
    }

    @Override
    public DpEvent event(int rounds) {
        return new SelfComposed(drawing.round(noise), rounds);
    }

    @Override
    public PrivateRound begin(ServerState state, Seed known, RandomBytes secret) {
        return new PrivateRound() {
            @Override
            public Protection onClient() {
                return new Protection(clip, noise * clip, false);
            }

            @Override
            public Aggregator onServer() {
                return new PrivateMean(clip, 0, OptionalDouble.empty(), drawing.expected(), secret);
            }
        };
    }
}
