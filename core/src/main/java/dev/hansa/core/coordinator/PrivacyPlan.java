package dev.hansa.core.coordinator;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Where;
import dev.hansa.core.privacy.accounting.Calibration;
import dev.hansa.core.privacy.accounting.PrivacyCurve;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.mechanism.PrivateMean;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.strategy.ServerState;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How a run keeps what its file promises: both halves of the mechanism for each round, and what they cost.
 *
 * @param privacy that the file asks for
 * @param drawing of its cohorts
 * @param rounds  that the budget lasts for, at most as many as the run has
 */
public record PrivacyPlan(Privacy privacy, Drawing drawing, int rounds) {
    private static final String CLIP = "privacy.clip";
    /** A number in double precision, in two parts. */
    private static final Layout CLIP_LAYOUT = Layout.of(new TensorShape("clip", List.of(2)));

    /**
     * The plan.
     *
     * @param rounds the most that the run has
     * @throws IllegalArgumentException if the cohort is drawn in a way that nothing is proven of, δ means nothing for so few
     *                                  nodes, or the budget does not last for one round
     */
    public static PrivacyPlan of(Privacy privacy, Cohort cohort, int rounds) {
        if (privacy.delta() * cohort.nodes() >= 1) {
            throw new IllegalArgumentException(
                    "privacy.delta is " + privacy.delta() + ", and there are " + cohort.nodes()
                            + " nodes: to give away one of them whole would keep such a promise; expected far below "
                            + 1.0 / cohort.nodes());
        }
        PrivacyPlan whole = new PrivacyPlan(privacy, Drawing.of(privacy.where(), cohort), rounds);
        return privacy.epsilon().isPresent() ? whole.within(privacy.epsilon().getAsDouble()) : whole;
    }

    /** With as many of its rounds as cost no more. */
    private PrivacyPlan within(double epsilon) {
        int affordable = (int) new Calibration(privacy.accounting().accountant(), drawing.adjacency(), epsilon,
                privacy.delta()).rounds(drawing.round(privacy.noise()), rounds);
        if (affordable == 0) {
            throw new IllegalArgumentException("privacy.epsilon is " + epsilon + ", and one round costs " + epsilon(1)
                    + " with a noise multiplier of " + privacy.noise() + "; expected more noise, or a larger budget");
        }
        return new PrivacyPlan(privacy, drawing, affordable);
    }

    /** What happens in so many rounds. */
    public DpEvent event(int number) {
        return new SelfComposed(drawing.round(privacy.noise()), number);
    }

    /** What so many rounds cost, at the δ of the run; 0 for none. */
    public double epsilon(int number) {
        return number == 0 ? 0 : curve(number).epsilon(privacy.delta());
    }

    /** All that holds after so many rounds, at least one. */
    public PrivacyCurve curve(int number) {
        return privacy.accounting().accountant().curve(event(number), drawing.adjacency());
    }

    /** The largest norm of an update in the next round. */
    public double clip(ServerState state) {
        Parameters kept = state.slots().get(CLIP);
        if (kept == null) {
            return privacy.clip();
        }
        double[] sum = {0};
        kept.read((offset, values, from, length) -> {
            for (int i = from; i < from + length; i++) {
                sum[0] += values[i];
            }
        });
        return sum[0];
    }

    /** The client's half. */
    Protection onClient(ServerState state) {
        double clip = clip(state);
        return new Protection(clip, privacy.where() == Where.LOCAL ? privacy.noise() * clip : 0,
                privacy.adaptive().isPresent());
    }

    /** The coordinator's half. */
    Aggregator onServer(ServerState state, RandomBytes random) {
        if (privacy.where() == Where.LOCAL) {
            return new PrivateMean(clip(state), 0, OptionalDouble.empty(), drawing.expected(), random);
        }
        return privacy.adaptive()
                .map(adaptive -> new PrivateMean(clip(state), adaptive.multiplierOfUpdates(privacy.noise()),
                        OptionalDouble.of(adaptive.bitNoise()), drawing.expected(), random))
                .orElseGet(() -> new PrivateMean(clip(state), privacy.noise(), OptionalDouble.empty(),
                        drawing.expected(), random));
    }

    /** The state after a round, with the clip of the next. */
    ServerState after(ServerState before, Aggregate aggregate, ServerState stepped) {
        if (!privacy.adaptive().isPresent()) {
            return stepped;
        }
        double next = privacy.adaptive().get().next(clip(before), aggregate.sums().get(Sums.WITHIN_CLIP),
                drawing.expected());
        float high = (float) next;
        return stepped.with(
                Collections.singletonMap(CLIP, Parameters.of(CLIP_LAYOUT, high, (float) (next - high))));
    }
}
