package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Parameters;
import org.junit.jupiter.api.Test;

class GeometricMedianTest extends RobustLocationContract {

    /** So many iterations that an update at 1e12 is forgotten. */
    @Override
    protected RobustRule rule(int f) {
        return new GeometricMedian(Weighting.UNIFORM, 1e-6, 100);
    }

    @Override
    protected RobustRule ruleFor(int size) {
        return new GeometricMedian(Weighting.UNIFORM, 1e-6, 3);
    }

    /** From 4, with distances 4, 3 and 7: (0/4 + 1/3 + 11/7) / (1/4 + 1/3 + 1/7). */
    @Test
    void aStepWeighsEachUpdateByItsNearness() {
        ArrayVectors updates = ArrayVectors.of(new double[]{0}, new double[]{1}, new double[]{11});

        assertClose(updates.combinedBy(new GeometricMedian(Weighting.UNIFORM, 1e-6, 1)),
                new double[]{(1 / 3.0 + 11 / 7.0) / (1 / 4.0 + 1 / 3.0 + 1 / 7.0)}, within(1e-14));
    }

    @Test
    void anUpdateOfHalfTheWeightIsTheMedian() {
        Aggregator.Accumulator updates = new GeometricMedian(Weighting.EXAMPLES, 1e-9, 200).start(LAYOUT);
        updates.add(update(1, 1, 2, 3));
        updates.add(update(5, -2, 0, 7));
        updates.add(update(2, 4, 5, 6));
        Aggregate aggregate = updates.finish();

        assertThat(aggregate.weight()).isEqualTo(8);
        Parameters median = Parameters.load(aggregate.mean());
        assertThat(median.minus(Parameters.of(LAYOUT, -2, 0, 7)).l2Norm()).isLessThan(1e-6);
    }

    @Test
    void smoothingAndIterationsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new GeometricMedian(Weighting.UNIFORM, 0, 3))
                .withMessage("smoothing is 0.0, expected a finite number greater than 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new GeometricMedian(Weighting.UNIFORM, 1e-6, 0))
                .withMessage("iterations is 0, expected at least 1");
    }
}
