package dev.hansa.core.mechanism;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.strategy.ServerState;

/** What clients and coordinator do for a promise, and what it costs: both halves of a mechanism belong together. */
public sealed interface Halves permits CentralHalves, LocalHalves, CorrelatedHalves, DistributedHalves, RowHalves {

    /**
     * Of a run.
     *
     * @param noise  the noise multiplier, in relation to the clip
     * @param layout of the updates
     * @param rounds that the run has at most
     */
    static Halves of(Privacy privacy, double noise, Drawing drawing, Layout layout, int rounds) {
        Mechanism mechanism = privacy.mechanism();
        double clip = privacy.clip();
        if (mechanism instanceof Mechanism.Central central) {
            return new CentralHalves(central.adaptive(), clip, noise, drawing);
        } else if (mechanism instanceof Mechanism.Local) {
            return new LocalHalves(clip, noise, drawing);
        } else if (mechanism instanceof Mechanism.Correlated) {
            return CorrelatedHalves.of(clip, noise, drawing, rounds);
        } else if (mechanism instanceof Mechanism.Examples rows) {
            return new RowHalves(new ExamplePrivacy(clip, noise, rows.sampling(), privacy.delta()), rows.steps());
        }
        return DistributedHalves.of((Mechanism.Distributed) mechanism, clip, noise, drawing, layout);
    }

    /**
     * Refuses what cannot be done with so much noise.
     *
     * @throws IllegalArgumentException with what could be
     */
    void check();

    /**
     * The deviation of the noise in each value of the sum of so many updates, whoever adds it, at the clip of the first round;
     * where rows are hidden, of the sum of a step's gradients.
     */
    double deviation(double clients);

    /** What happens in so many rounds, at least one. */
    DpEvent event(int rounds);

    /** The noise multiplier of the noise that a client adds to its update, if only its share; 0 if it adds none. */
    default double ownNoise() {
        return 0;
    }

    /** How many times the size of the model is remembered for later rounds. */
    default int remembered() {
        return 0;
    }

    /**
     * A round.
     *
     * @param state  before it
     * @param known  of this round; everybody may know it
     * @param secret what noise comes from; of this attempt alone
     */
    PrivateRound begin(ServerState state, Seed known, RandomBytes secret);
}
