package dev.hansa.core.mechanism;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.correlated.BufferedLinear;
import dev.hansa.core.privacy.correlated.Participation;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.strategy.ServerState;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Clients clip; the coordinator clips again, and adds noise C⁻¹ z to the sums, of which later rounds take a part back. All
 * rounds together are one Gaussian mechanism, whose sensitivity is that of C for clients that rest for the separation. What
 * is left of earlier noise is among the memory of the run, in twice single precision: what rounding adds is a billionth of
 * the noise.
 */
record CorrelatedHalves(BufferedLinear matrix, double clip, double noise, Drawing drawing) implements Halves {
    /** What one round moves is followed through all later ones. */
    private static final int MOST_ROUNDS = 1_000_000;
    private static final String BUFFER = LeftNoise.SLOT;
    private static final String REST = LeftNoise.SLOT + "rest.";

    static CorrelatedHalves of(double clip, double noise, Drawing drawing, int rounds) {
        if (rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException("rounds is " + rounds + ", expected at most " + MOST_ROUNDS
                    + " with noise that is correlated over all of them");
        }
        return new CorrelatedHalves(
                BufferedLinear.near(rounds, Participation.inAll(rounds, drawing.separation())), clip, noise, drawing);
    }

    @Override
    public void check() {
        // any noise will do
    }

    @Override
    public double deviation(double clients) {
        return noise * clip;
    }

    @Override
    public DpEvent event(int rounds) {
        double sensitivity = Participation.inAll(rounds, drawing.separation()).sensitivity(matrix, rounds);
        return new Gaussian(noise / (sensitivity * drawing.adjacency().sensitivity(1)));
    }

    @Override
    public int remembered() {
        return 2 * matrix.buffers();
    }

    @Override
    public PrivateRound begin(ServerState state, Seed known, RandomBytes secret) {
        return new Round(new CorrelatedNoise(matrix, buffers(state)), secret);
    }

    private double[][] buffers(ServerState state) {
        int size = state.parameters().layout().size();
        double[][] buffers = new double[matrix.buffers()][];
        for (int i = 0; i < buffers.length; i++) {
            Parameters high = state.slots().get(BUFFER + i);
            Parameters rest = state.slots().get(REST + i);
            buffers[i] = high == null || rest == null ? new double[size] : Doubles.of(high, rest);
        }
        return buffers;
    }

    private final class Round implements PrivateRound {
        private final CorrelatedNoise correlated;
        private final RandomBytes secret;

        Round(CorrelatedNoise correlated, RandomBytes secret) {
            this.correlated = correlated;
            this.secret = secret;
        }

        @Override
        public Optional<Protection> onClient() {
            return Optional.of(new Protection(clip, 0, false));
        }

        @Override
        public Optional<Aggregator> onServer() {
            return Optional.of(new PrivateMean(clip, noise, correlated, drawing.expected(), secret));
        }

        @Override
        public ServerState after(Aggregate aggregate, ServerState stepped) {
            Layout layout = stepped.parameters().layout();
            SortedMap<String, Parameters> kept = new TreeMap<>();
            double[][] buffers = correlated.buffers();
            for (int i = 0; i < buffers.length; i++) {
                kept.putAll(Map.of(BUFFER + i, Doubles.high(layout, buffers[i]), REST + i,
                        Doubles.low(layout, buffers[i])));
            }
            return stepped.with(kept);
        }
    }
}
