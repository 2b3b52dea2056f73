package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.strategy.RoundPlan;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.core.strategy.Strategy;
import dev.hansa.spec.document.InvalidSpecException;
import dev.hansa.spec.document.Value;
import dev.hansa.spec.document.YamlText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run files whose strategy can do nothing with unfinished work, which no strategy of today's names is like. */
class PartialWorkRuleTest {
    @Test
    void whoAsksForItIsRefusedAtTheLine() {
        assertThat(catchThrowableOfType(InvalidSpecException.class, () -> check("accept"))).hasMessage(
                "run.yaml:6:23: cohort.partialWork: the run's strategy cannot learn from unfinished work, expected auto"
                        + " or discard, or another strategy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "discard"})
    void othersAreNot(String written) {
        check(written);
    }

    private static void check(String partialWork) {
        Value document =
                YamlText.parse(RunFileTest.SHORTEST + "cohort: {partialWork: " + partialWork + "}\n", "run.yaml");
        Contradictions.partialWork(RunKeys.RUN.read(document).orElseThrow(), new ExactWork());
        document.throwProblems();
    }

    private record ExactWork() implements Strategy {
        @Override
        public ServerState start(Parameters initial) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RoundPlan plan(ServerState state) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerState step(ServerState state, Aggregate aggregate) {
            throw new UnsupportedOperationException();
        }
    }
}
