package dev.hansa.core.mechanism;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.strategy.ServerState;
import java.util.Optional;
import java.util.OptionalDouble;

/** Clients clip and add noise; the coordinator adds up. */
record LocalHalves(double clip, double noise, Drawing drawing) implements Halves {

    @Override
    public void check() {
        // any noise will do
    }

    @Override
    public double deviation(double clients) {
        return noise * clip * Math.sqrt(clients);
    }

    @Override
    public DpEvent event(int rounds) {
        return new SelfComposed(drawing.round(noise), rounds);
    }

    @Override
    public double ownNoise() {
        return noise;
    }

    @Override
    public PrivateRound begin(ServerState state, Seed known, RandomBytes secret) {
        return new PrivateRound() {
            @Override
            public Optional<Protection> onClient() {
                return Optional.of(new Protection(clip, noise * clip, false));
            }

            @Override
            public Optional<Aggregator> onServer() {
                return Optional.of(new PrivateMean(clip, 0, OptionalDouble.empty(), drawing.expected(), secret));
            }
        };
    }
}
