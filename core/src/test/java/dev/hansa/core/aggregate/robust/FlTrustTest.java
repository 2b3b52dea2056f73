package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlTrustTest extends RobustRuleContract {

    @Override
    protected RobustRule rule(int f) {
        return new FlTrust(Parameters.of(LAYOUT, 1, 2, -1));
    }

    @Override
    protected RobustRule ruleFor(int size) {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return new FlTrust(Parameters.owning(Layout.of(TensorShape.of("weight", size)), values));
    }

    /** Of the length 5; cosines 1, 0.8, 0 and less. */
    @Test
    void updatesCountByTheirDirectionAndAreAsLongAsTheTrustedOne() {
        Layout two = Layout.of(TensorShape.of("weight", 2));
        ArrayVectors updates = ArrayVectors.of(new double[]{0.5, 0}, new double[]{40, 30}, new double[]{0, 1e12},
                new double[]{-1e12, 1}, new double[]{0, 0});

        assertClose(updates.combinedBy(new FlTrust(Parameters.of(two, 5, 0))),
                new double[]{(5 + 0.8 * 4) / 1.8, 0.8 * 3 / 1.8}, within(1e-14));
    }

    @Test
    void ifNoneIsTrustedTheModelStays() {
        assertThat(ArrayVectors.of(new double[]{-1, -2, 1}, new double[]{0, 0, 0}).combinedBy(rule(0)))
                .containsExactly(0, 0, 0);
        assertThat(ArrayVectors.of(new double[]{1, 2, 3}).combinedBy(new FlTrust(Parameters.zeros(LAYOUT))))
                .containsExactly(0, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theResultIsNoLongerThanTheTrustedUpdate(long seed) {
        ArrayVectors updates = ArrayVectors.random(new SplittableRandom(seed), COUNT, SIZE);
        double[] result = updates.combinedBy(rule(0));

        assertThat(Distances.squared(ArrayVectors.of(result, new double[SIZE]))[0][1]).isLessThan(6 + 1e-12);
    }

    @Test
    void aTrustedUpdateOfAnotherLayoutIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ruleFor(5).start(LAYOUT))
                .withMessageContaining("expected the tensors");
    }
}
