package dev.hansa.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What all {@link ClientMemory} do. */
public abstract class ClientMemoryContract {

    /** The same ones within a test. */
    protected abstract ClientMemory memory();

    @Test
    void nothingIsRememberedAtFirst() {
        assertThat(memory().of("run", 0)).isEmpty();
        assertThat(memory().of("run", 1)).isEmpty();
    }

    @Test
    void eachRoundIsRememberedByItself() {
        memory().keep("run", 0, 3, of(3));
        assertThat(memory().of("run", 3)).contains(of(3));
        assertThat(memory().of("run", 2)).isEmpty();
        assertThat(memory().of("run", 4)).isEmpty();
        assertThat(memory().of("other", 3)).isEmpty();
    }

    @Test
    void aRoundThatIsTrainedAgainBeginsAsBefore() {
        memory().keep("run", 0, 1, of(1));
        memory().keep("run", 1, 4, of(4));
        assertThat(memory().of("run", 1)).contains(of(1));
        memory().keep("run", 1, 4, of(44));
        assertThat(memory().of("run", 1)).contains(of(1));
        assertThat(memory().of("run", 4)).contains(of(44));
    }

    @Test
    void roundsThatDoNotCountLeaveTheOneThatDoes() {
        memory().keep("run", 0, 1, of(1));
        for (int late = 2; late < 6; late++) {
            memory().keep("run", 1, late, of(late));
            assertThat(memory().of("run", 1)).contains(of(1));
            assertThat(memory().of("run", late)).contains(of(late));
            assertThat(memory().of("run", late - 1)).isEqualTo(late == 2 ? Optional.of(of(1)) : Optional.empty());
        }
    }

    @Test
    void noMoreThanTwoRoundsAreKept() {
        memory().keep("run", 0, 1, of(1));
        memory().keep("run", 1, 2, of(2));
        memory().keep("run", 2, 3, of(3));
        assertThat(memory().of("run", 1)).isEmpty();
        assertThat(memory().of("run", 2)).contains(of(2));
    }

    @Test
    void whatWasToldStaysWhateverRoundsAreKept() {
        assertThat(memory().told("run", "moments")).isEmpty();
        memory().keepTold("run", "moments", of(7));
        memory().keepTold("run", "rounds", of(8));
        memory().keep("run", 0, 1, of(1));
        memory().keep("run", 1, 2, of(2));
        memory().keepTold("run", "rounds", of(9));
        assertThat(memory().told("run", "moments")).contains(of(7));
        assertThat(memory().told("run", "rounds")).contains(of(9));
        assertThat(memory().told("other", "rounds")).isEmpty();
        assertThat(memory().of("run", 1)).as("which takes no round away").contains(of(1));
    }

    @Test
    void theModelOfOnesOwnIsTheLastThatWasKept() {
        assertThat(memory().personal("run")).isEmpty();
        memory().keepPersonal("run", 5, of(5));
        memory().keepPersonal("ä run/../x", 3, of(3));
        assertThat(memory().personal("run")).contains(of(5));
        assertThat(memory().personal("ä run/../x")).contains(of(3));
        memory().keepPersonal("run", 6, of(6));
        assertThat(memory().personal("run")).contains(of(6));
        assertThat(memory().personal("other")).isEmpty();
    }

    private static Parameters of(float value) {
        return Parameters.of(Layout.of(TensorShape.of("w", 2)), value, -value);
    }
}
