package dev.hansa.core.privacy.accounting.pld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.Laplace;
import dev.hansa.core.privacy.event.PoissonSampled;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where one participant is exchanged for another, either may be called the first: one way round is enough. */
class MirrorTest {

    static Stream<DpEvent> exchanged() {
        return Stream.of(new Gaussian(0.7), new Laplace(0.8), new PoissonSampled(0.1, new Gaussian(0.5)),
                new PoissonSampled(0.9, new Gaussian(2)));
    }

    @ParameterizedTest
    @MethodSource("exchanged")
    void bothWaysRoundTellTheSame(DpEvent event) {
        LossDistribution one = new Pairs(Adjacency.REPLACE_ONE, 1e-3, false).of(event);
        LossDistribution other = new Pairs(Adjacency.REPLACE_ONE, 1e-3, true).of(event);
        for (double delta : new double[]{1e-2, 1e-5, 1e-8}) {
            assertThat(one.epsilon(delta)).isCloseTo(other.epsilon(delta), within(1e-6));
        }
    }
}
