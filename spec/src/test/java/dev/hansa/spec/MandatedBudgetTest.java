package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.coordinator.RunMandate;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many rounds a budget lasts for is worked out, and by another version perhaps as one more or less. */
class MandatedBudgetTest {
    private static final String FILE = """
            hansa: 1
            name: lines
            data: {features: [x, z], label: {y: {type: category, values: [a, b]}}, standardise: false}
            model: softmax
            training: {steps: 1, batchSize: 8, rate: 0.1}
            rounds: 20
            cohort: {nodes: 4, size: 2, minimumReports: 2, separation: 1}
            evaluation: {every: 0}
            privacy: {type: correlated, clip: 1, noise: 8, epsilon: 3, delta: 1e-5}
            """;

    private static final String CENTRAL = FILE.replace("correlated", "central").replace("noise: 8", "noise: 6")
            .replace("size: 2, ", "").replace(", separation: 1", "");

    private static RunSpec spec(String type) {
        return RunFileTest.read(type.equals("correlated") ? FILE
                : type.equals("central") ? CENTRAL
                        : CENTRAL.replace("central, clip: 1, noise: 6", "local, clip: 1, noise: 8"));
    }

    /** The same as another version works it out. */
    private static RunSpec lasting(RunSpec spec, int rounds) {
        PrivacyPlan plan = spec.privacy().orElseThrow();
        return new RunSpec(spec.name(), spec.purpose(), spec.data(), spec.model(), spec.strategy(), spec.compression(),
                spec.rounds(), spec.cohort(), spec.evaluation(), spec.stop(), spec.personalization(),
                Optional.of(new PrivacyPlan(plan.privacy(), plan.drawing(), plan.accounting(), plan.noise(),
                        plan.halves(), plan.statistics(), rounds)),
                spec.seed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"correlated", "central", "local"})
    void aBudgetMayLastForOneRoundMoreOrLessAndNotForTwo(String type) throws InterruptedException {
        RunSpec spec = spec(type);
        RunMandate mandate = new RunMandate(spec);
        int own = spec.lastRound();
        assertThat(own).isBetween(4, spec.rounds() - 2);
        for (int rounds = own - 2; rounds <= own + 2; rounds++) {
            RunSpec other = lasting(spec, rounds);
            boolean near = Math.abs(rounds - own) <= 1;
            assertThat(AskedTasks.of(other)).hasAtLeastOneElementOfType(Task.Fit.class)
                    .as("%s rounds instead of %s", rounds, own).allSatisfy(
                            task -> assertThat(mandate.objection(task, Optional.of(other.terms())).isEmpty())
                                    .isEqualTo(near));
        }
    }

    @Test
    void aRunHasNoMoreRoundsThanItsFileHoweverLongTheBudgetLasts() throws InterruptedException {
        RunSpec spec = spec("central");
        int own = spec.lastRound();
        RunSpec whole = RunFileTest.read(CENTRAL.replace("rounds: 20", "rounds: " + own));
        assertThat(whole.lastRound()).isEqualTo(own);
        Task task = AskedTasks.of(whole).get(0);
        RunMandate mandate = new RunMandate(whole);
        assertThat(mandate.objection(task, Optional.of(lasting(whole, own - 1).terms()))).isEmpty();
        assertThat(mandate.objection(task, Optional.of(lasting(whole, own + 1).terms()))).isPresent();
    }

    @Test
    void nothingIsGrantedToRoundsThatTheFileNames() throws InterruptedException {
        RunSpec spec = RunFileTest.read(FILE.replace("epsilon: 3, ", "")); // without a budget
        Terms terms = spec.terms();
        Task task = AskedTasks.of(spec).get(0);
        assertThat(new RunMandate(spec).objection(task, Optional.of(terms))).isEmpty();
        assertThat(new RunMandate(spec).objection(task, Optional.of(new Terms(terms.purpose(), terms.rounds() - 1,
                terms.everyRound(), terms.leastUpdates(), terms.ownNoise(), terms.promise())))).isPresent();
    }
}
