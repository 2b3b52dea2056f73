package dev.hansa.core.coordinator.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.Draw;
import dev.hansa.core.coordinator.RoundRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

class PowerOfChoiceTest {
    private static final SortedSet<String> FIVE = Draws.ids("a", "b", "c", "d", "e");
    private static final List<RoundRecord> HISTORY = List.of(Draws.round(1, Map.of("a", 9.0, "b", 3.0)),
            Draws.round(2, Map.of("a", 1.0, "c", 2.0)), Draws.round(3, Map.of("d", 4.0)));

    @Test
    void whoNeverTrainedComesFirstThenTheLargestLastLoss() {
        for (int seed = 0; seed < 50; seed++) {
            assertThat(new PowerOfChoice(5).select(Draws.of(seed, 1, 1, FIVE, HISTORY))).containsExactly("e");
            assertThat(new PowerOfChoice(5).select(Draws.of(seed, 3, 1, FIVE, HISTORY))).containsExactly("b", "d", "e");
            assertThat(new PowerOfChoice(9).select(Draws.of(seed, 4, 1, FIVE, HISTORY))).as("a's loss of 9 is old")
                    .containsExactly("b", "c", "d", "e");
        }
    }

    @Test
    void onlyCandidatesAreChosenAndTheyAreDrawnBySize() {
        for (int seed = 0; seed < 200; seed++) {
            Draw draw = Draws.of(seed, 1, 1, FIVE, HISTORY);
            List<String> candidates = BySize.drawn(draw, 2);

            assertThat(new PowerOfChoice(2).select(draw)).hasSize(1)
                    .isSubsetOf(candidates).doesNotContain(better(candidates));
        }
    }

    /** The one of two with the smaller loss. */
    private static String better(List<String> two) {
        String order = "acbde"; // by last loss: 1, 2, 3, 4, none
        return order.indexOf(two.get(0)) < order.indexOf(two.get(1)) ? two.get(0) : two.get(1);
    }

    @Test
    void ofEqualsWhoWasDrawnFirstIsChosen() {
        for (int seed = 0; seed < 200; seed++) {
            Draw first = Draws.of(seed, 2, 1, FIVE, List.of());
            assertThat(new PowerOfChoice(4).select(first)).containsExactlyInAnyOrderElementsOf(BySize.drawn(first, 2));
        }
    }

    @Test
    void candidatesThatLeaveNoChoiceAreRefused() {
        Duration deadline = Duration.ofMinutes(1);
        Cohort two = new Cohort(9, OptionalInt.of(2), 2, deadline);
        assertThat(new PowerOfChoice(3).objection(two)).isEmpty();
        assertThat(new PowerOfChoice(2).objection(two)).get().asString().contains("at least 3 candidates");
        assertThat(new PowerOfChoice(3).objection(new Cohort(9, OptionalInt.of(2), 2, 1.5, deadline, false))).get()
                .asString().contains("at least 4 candidates");
        assertThat(new PowerOfChoice(3).objection(new Cohort(9, OptionalInt.empty(), 2, deadline))).get().asString()
                .contains("set cohort.size to fewer than the 3 candidates");
        assertThatIllegalArgumentException().isThrownBy(() -> new PowerOfChoice(0));
    }
}
