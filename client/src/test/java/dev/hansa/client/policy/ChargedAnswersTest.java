package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.client.ledger.Spending;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.core.client.Consent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChargedAnswersTest extends GateFixture {
    @Test
    void noiseOfItsOwnIsChargedBeforeTheAnswerLeaves() {
        assertThat(done(gate(free()), "t1", null, fit("r", 1).protectedBy(NOISY))).isTrue();
        assertThat(records()).singleElement().satisfies(record -> {
            assertThat(record.entry().event()).as("replace one: half of 8").isEqualTo(new Gaussian(4));
            assertThat(record.entry().epsilon()).isEqualTo(Spending.none().plus(new Gaussian(4)).epsilon(1e-5));
            assertThat(record.entry().time()).isEqualTo(NOON);
        });
    }

    @Test
    void theSameAnswerSentAgainCostsNothingAndAnotherDoes() {
        Gate gate = gate(free());
        Task task = fit("r", 1).protectedBy(NOISY);
        done(gate, "t1", null, task);
        done(gate, "t1", null, task);
        assertThat(records()).hasSize(1);
        ask(gate, "t1", null, task);
        gate.leaves("t1", UPDATE, content("with new noise"));
        assertThat(records()).hasSize(2);
    }

    @Test
    void anAnswerThatWasKeptPassesOnlyIfItWasCharged() {
        Task task = fit("r", 1).protectedBy(NOISY);
        Gate gate = gate(free());
        done(gate, "t1", null, task);
        gate.given("t1", Optional.empty(), Optional.empty());
        assertThat(gate.passes("t1", task, content("t1"))).isTrue();
        assertThat(gate.passes("t1", task, content("never charged"))).isFalse();
        assertThat(gate.passes("t2", task, content("t1"))).isFalse();
        Gate changed = gate(requiring(new Required(1, 100, 1)));
        changed.given("t1", Optional.empty(), Optional.empty());
        assertThat(changed.passes("t1", task, content("t1"))).as("the owner has changed the policy").isFalse();
    }

    @Test
    void whatIsNoAnswerIsNotCharged() {
        Gate gate = gate(free());
        ask(gate, "t1", null, fit("r", 1));
        gate.leaves("t1", new Report.Failed("no"), content("no"));
        gate.leaves("t1", new Report.Refused("no"), content("no"));
        assertThat(records()).isEmpty();
    }

    @Test
    void anAnswerToWhatWasNotAskedDoesNotLeave() {
        Gate gate = gate(free());
        ask(gate, "t1", null, fit("r", 1));
        assertThatThrownBy(() -> gate.leaves("t2", UPDATE, content("t2"))).isInstanceOf(IllegalStateException.class);
        gate.given("t3", Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> gate.leaves("t3", UPDATE, content("t3"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutAPolicyAllIsNotedAndNothingRefused() {
        Gate gate = new Gate(Consent.TO_ALL, Optional.empty(), ledger, approvals, Clock.systemUTC(), SignedFiles.NONE,
                new PolicyListener() {});
        assertThat(done(gate, "t1", null, fit("r", 1))).isTrue();
        assertThat(records()).singleElement()
                .satisfies(record -> assertThat(record.entry().event()).isEqualTo(new NonPrivate()));
    }
}
