package dev.hansa.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.strategy.Buffering.Mixing;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An update that began from an older model, as it is counted. */
class StaleTest {
    private static final Parameters ONES = Parameters.of(Layout.of(TensorShape.of("w", 3)), 1, 1, 1);
    private static final Buffering BUFFERING =
            new Buffering(2, new Staleness.Polynomial(1), Buffering.ANY_AGE, Mixing.MODELS);

    private static ParameterSource stale(ParameterSource values, Optional<Parameters> since) {
        return BUFFERING.counted(new ModelUpdate(values, 1, Sums.NONE), 1, since).difference();
    }

    /** Values that are fetched each time that they are read, but from a file that is open. */
    private record File(boolean open) implements ParameterSource {
        @Override
        public Layout layout() {
            return ONES.layout();
        }

        @Override
        public void read(BlockReader reader) {
            ONES.read(reader);
        }

        @Override
        public ParameterSource opened() {
            return open ? this : new File(true);
        }
    }

    @Test
    void countsLessAndFromWhereTheModelWas() {
        assertThat(Parameters.load(stale(ONES, Optional.of(ONES.times(4)))).toArray()).containsOnly(2.5f);
        assertThat(Parameters.load(stale(new File(false), Optional.empty()).opened()).toArray()).containsOnly(0.5f);
    }

    @Test
    void needsNoOpeningIfWhatItIsMadeOfNeedsNone() {
        ParameterSource open = stale(new File(true), Optional.empty());
        assertThat(open.opened()).as("rules that see all updates read it where it lies").isSameAs(open);
        ParameterSource closed = stale(new File(false), Optional.empty());
        assertThat(closed.opened()).isNotSameAs(closed);
    }
}
