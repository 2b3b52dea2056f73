package dev.hansa.core.mechanism;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.Mechanism.Distributed;
import dev.hansa.core.privacy.distributed.DistributedNoise;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.privacy.distributed.Quantisation;
import dev.hansa.core.privacy.distributed.Rotation;
import dev.hansa.core.privacy.event.DiscreteGaussianSum;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.event.SharedNoise;
import dev.hansa.core.privacy.event.SkellamSum;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.strategy.ServerState;
import java.util.Optional;

/**
 * Clients clip, rotate, round, add a part of the noise and wrap; the coordinator adds up modulo 2ᵇ, and turns back. The parts
 * are so large that as many clients as a round needs have the noise together; if more answer there is more of it.
 *
 * @param quantisation of rotated updates
 * @param deviation    of the noise of each client, in units of the updates
 * @param layout       of the updates before
 */
record DistributedHalves(Distributed mechanism, Quantisation quantisation, double deviation, Drawing drawing,
        Layout layout) implements Halves {
    /** Of a coordinate of the sum, how many fit the modulus: one in 5·10⁸ does not, and is then wrong by the modulus. */
    private static final double DEVIATIONS = 6;
    /** Rounding makes an update longer by no more than this part of the clip, once it is finer than its noise. */
    private static final double ROUNDING = 0.01;
    /** Rounding is finer than the noise of a client by this factor; finer noise would take larger tables and more time. */
    private static final double FINER = 64;
    static DistributedHalves of(Distributed mechanism, double clip, double noise, Drawing drawing, Layout layout) {
        double deviation = noise * clip / Math.sqrt(drawing.reports());
        int length = Rotation.length(layout.size());
        Quantisation finest = Quantisation.within(mechanism.bits(), clip, length, deviation,
                (int) Math.ceil(drawing.expected()), DEVIATIONS);
        double fine = Math.min(2 * ROUNDING * clip / Math.sqrt((double) length), deviation / FINER);
        Quantisation quantisation = new Quantisation(Math.max(finest.granularity(), fine), mechanism.bits(), clip,
                length);
        return new DistributedHalves(mechanism, quantisation, deviation, drawing, layout);
    }

    @Override
    public void check() {
        noise();
    }

    private DistributedNoise noise() {
        return new DistributedNoise(quantisation, mechanism.noise(), deviation);
    }

    @Override
    public double deviation(double clients) {
        return deviation * Math.sqrt(clients);
    }

    @Override
    public DpEvent event(int rounds) {
        SharedNoise shared = new SharedNoise(drawing.reports(), quantisation.length(), quantisation.bound(), deviation,
                quantisation.granularity(), SharedNoise.USUAL_BIAS);
        return new SelfComposed(mechanism.noise() == IntegerNoise.SKELLAM
                ? new SkellamSum(shared) : new DiscreteGaussianSum(shared), rounds);
    }

    @Override
    public double ownNoise() {
        return deviation / quantisation.bound();
    }

    @Override
    public PrivateRound begin(ServerState state, Seed known, RandomBytes secret) {
        return new PrivateRound() {
            @Override
            public Optional<Protection> onClient() {
                return Optional.of(new Protection(quantisation.bound(), deviation, false,
                        Optional.of(new Protection.Quantised(mechanism.noise(), quantisation.bits(),
                                quantisation.granularity(), known))));
            }

            @Override
            public Optional<Aggregator> onServer() {
                return Optional.of(
                        new ModularMean(noise(), DistributedNoise.rotation(layout.size(), known), drawing.expected()));
            }
        };
    }
}
