package dev.hansa.core.compress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import org.junit.jupiter.api.Test;

/** What all {@link Residuals} do. */
public abstract class ResidualsContract {

    /** The same ones within a test. */
    protected abstract Residuals residuals();

    @Test
    void nothingIsHeldBackAtFirst() {
        assertThat(residuals().before("run", 1)).isEmpty();
    }

    @Test
    void theLastRoundBeforeIsTheOneThatCounts() {
        residuals().keep("run", 3, of(3));
        assertThat(residuals().before("run", 4)).contains(of(3));
        assertThat(residuals().before("run", 90)).contains(of(3));
        assertThat(residuals().before("run", 3)).isEmpty();
        assertThat(residuals().before("other", 4)).isEmpty();
    }

    @Test
    void aRoundThatIsTrainedAgainBeginsAsBefore() {
        residuals().keep("run", 1, of(1));
        residuals().keep("run", 4, of(4));
        assertThat(residuals().before("run", 4)).contains(of(1));
        residuals().keep("run", 4, of(44));
        assertThat(residuals().before("run", 4)).contains(of(1));
        assertThat(residuals().before("run", 5)).contains(of(44));
    }

    @Test
    void noMoreThanTwoRoundsAreKept() {
        residuals().keep("run", 1, of(1));
        residuals().keep("run", 2, of(2));
        residuals().keep("run", 3, of(3));
        assertThat(residuals().before("run", 2)).isEmpty();
        assertThat(residuals().before("run", 3)).contains(of(2));
    }

    private static Parameters of(float value) {
        return Parameters.of(Layout.of(TensorShape.of("w", 2)), value, -value);
    }
}
