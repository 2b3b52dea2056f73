package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CentredClippingTest extends RobustRuleContract {
    private static final Layout ONE = Layout.of(TensorShape.of("weight", 1));

    @Override
    protected RobustRule rule(int f) {
        return new CentredClipping(0.5, 3);
    }

    /** From 0 by (1 + 4 - 4) / 3 to 1/3, then by (2/3 + 4 - 4) / 3 to 5/9. */
    @Test
    void thePointMovesTowardsEachUpdateByNoMoreThanTheBound() {
        ArrayVectors updates = ArrayVectors.of(new double[]{1}, new double[]{1e12}, new double[]{-1e12});

        assertClose(updates.combinedBy(new CentredClipping(4, 2)), new double[]{5 / 9.0}, within(1e-12));
    }

    /** From 10 by (-1 + 1) / 2, since the one at 12 is too far by one. */
    @Test
    void itBeginsAtTheStart() {
        ArrayVectors updates = ArrayVectors.of(new double[]{9}, new double[]{12}, new double[]{10});
        Optional<Parameters> start = Optional.of(Parameters.of(ONE, 10));

        assertClose(updates.combinedBy(new CentredClipping(1, 1, start)), new double[]{10}, within(1e-12));
        assertClose(updates.combinedBy(new CentredClipping(1, 2, start)), new double[]{10}, within(1e-12));
        assertClose(updates.combinedBy(new CentredClipping(1, 1)), new double[]{1}, within(1e-12));
    }

    @Test
    void onceTheStartIsNearItIsTheMean() {
        ArrayVectors updates = ArrayVectors.of(new double[]{9}, new double[]{12}, new double[]{10});
        Optional<Parameters> start = Optional.of(Parameters.of(ONE, 11));

        assertClose(updates.combinedBy(new CentredClipping(5, 1, start)), new double[]{31 / 3.0}, within(1e-12));
    }

    @Test
    void aStartOfAnotherLayoutIsRefused() {
        RobustRule rule = new CentredClipping(1, 1, Optional.of(Parameters.zeros(ONE)));

        assertThatIllegalArgumentException().isThrownBy(() -> rule.start(LAYOUT))
                .withMessageContaining("expected the tensors " + ONE);
        assertThat(rule.start(ONE).clients()).isZero();
    }
}
