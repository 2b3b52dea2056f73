package dev.hansa.core.mechanism;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.clip.AdaptiveClip;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.strategy.ServerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Clients clip; the coordinator clips again, and adds noise once to the sum. */
record CentralHalves(Optional<AdaptiveClip> adaptive, double first, double noise, Drawing drawing)
        implements
            Halves {
    private static final String CLIP = "privacy.clip";
    private static final String CLIP_REST = "privacy.clip.rest";
    private static final Layout ONE = Layout.of(new TensorShape("clip", List.of(1)));

    @Override
    public void check() {
        adaptive.ifPresent(adapting -> adapting.multiplierOfUpdates(noise));
    }

    @Override
    public double deviation(double clients) {
        return adaptive.map(adapting -> adapting.multiplierOfUpdates(noise)).orElse(noise) * first;
    }

    @Override
    public DpEvent event(int rounds) {
        return new SelfComposed(drawing.round(noise), rounds);
    }

    /** The largest norm of an update in the next round. */
    double clip(ServerState state) {
        Parameters high = state.slots().get(CLIP);
        Parameters rest = state.slots().get(CLIP_REST);
        return high == null || rest == null ? first : Doubles.of(high, rest)[0];
    }

    @Override
    public PrivateRound begin(ServerState state, Seed known, RandomBytes secret) {
        return new Round(clip(state), secret);
    }

    private final class Round implements PrivateRound {
        private final double clip;
        private final RandomBytes secret;

        Round(double clip, RandomBytes secret) {
            this.clip = clip;
            this.secret = secret;
        }

        @Override
        public Optional<Protection> onClient() {
            return Optional.of(new Protection(clip, 0, adaptive.isPresent()));
        }

        @Override
        public Optional<Aggregator> onServer() {
            return Optional.of(
                    new PrivateMean(clip, adaptive.map(adapting -> adapting.multiplierOfUpdates(noise)).orElse(noise),
                            adaptive.map(adapting -> OptionalDouble.of(adapting.bitNoise()))
                                    .orElse(OptionalDouble.empty()),
                            drawing.expected(), secret));
        }

        @Override
        public ServerState after(Aggregate aggregate, ServerState stepped) {
            if (!adaptive.isPresent()) {
                return stepped;
            }
            double next = adaptive.get().next(clip, aggregate.sums().get(Sums.WITHIN_CLIP), drawing.expected());
            return stepped.with(Map.of(CLIP, Doubles.high(ONE, next), CLIP_REST, Doubles.low(ONE, next)));
        }
    }
}
