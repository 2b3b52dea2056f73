package dev.hansa.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import org.junit.jupiter.api.Test;

/** What all {@link ClientMemory} do. */
public abstract class ClientMemoryContract {

    /** The same ones within a test. */
    protected abstract ClientMemory memory();

    @Test
    void nothingIsHeldBackAtFirst() {
        assertThat(memory().before("run", 1)).isEmpty();
    }

    @Test
    void theLastRoundBeforeIsTheOneThatCounts() {
        memory().keep("run", 3, of(3));
        assertThat(memory().before("run", 4)).contains(of(3));
        assertThat(memory().before("run", 90)).contains(of(3));
        assertThat(memory().before("run", 3)).isEmpty();
        assertThat(memory().before("other", 4)).isEmpty();
    }

    @Test
    void aRoundThatIsTrainedAgainBeginsAsBefore() {
        memory().keep("run", 1, of(1));
        memory().keep("run", 4, of(4));
        assertThat(memory().before("run", 4)).contains(of(1));
        memory().keep("run", 4, of(44));
        assertThat(memory().before("run", 4)).contains(of(1));
        assertThat(memory().before("run", 5)).contains(of(44));
    }

    @Test
    void noMoreThanTwoRoundsAreKept() {
        memory().keep("run", 1, of(1));
        memory().keep("run", 2, of(2));
        memory().keep("run", 3, of(3));
        assertThat(memory().before("run", 2)).isEmpty();
        assertThat(memory().before("run", 3)).contains(of(2));
    }

    private static Parameters of(float value) {
        return Parameters.of(Layout.of(TensorShape.of("w", 2)), value, -value);
    }
}
