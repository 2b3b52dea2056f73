package dev.hansa.core.mechanism;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.strategy.ServerState;
import java.util.Optional;

/**
 * Clients hide each of their rows while they train; what they send may be treated like any other update. Charged is what a
 * client does that takes part in each round: that clients are drawn hides nothing from the coordinator.
 *
 * @param steps of a client in a round
 */
record RowHalves(ExamplePrivacy privacy, int steps) implements Halves {

    @Override
    public void check() {
        // any noise will do
    }

    @Override
    public double deviation(double clients) {
        return privacy.noise() * privacy.clip();
    }

    @Override
    public DpEvent event(int rounds) {
        DpEvent noise = new Gaussian(privacy.noise());
        return new SelfComposed(privacy.sampling() < 1 ? new PoissonSampled(privacy.sampling(), noise) : noise,
                (long) steps * rounds);
    }

    @Override
    public PrivateRound begin(ServerState state, Seed known, RandomBytes secret) {
        return new PrivateRound() {
            @Override
            public LocalTraining training(LocalTraining plain) {
                return plain.withPrivacy(privacy);
            }

            @Override
            public Optional<Protection> onClient() {
                return Optional.empty();
            }

            @Override
            public Optional<Aggregator> onServer() {
                return Optional.empty();
            }
        };
    }
}
