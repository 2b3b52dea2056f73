package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.protocol.Terms.Promise;
import org.junit.jupiter.api.Test;

class LyingCoordinatorTest extends GateFixture {
    @Test
    void aTaskWithoutTheProtectionThatItsRunPromisedIsRefused() {
        Gate gate = gate(budget());
        assertThat(done(gate, "t0", terms(1, 8), new Task.Describe("r", DATA))).isTrue();
        assertThat(ask(gate, "t1", terms(1, 8), fit("r", 1))).get().isInstanceOf(Report.Refused.class);
        assertThat(told).last().asString().contains("multiplier 8.0, and the task asks for none");
        Protection weak = new Protection(1, 0.5, false);
        assertThat(ask(gate, "t2", terms(1, 8), fit("r", 1).protectedBy(weak))).isPresent();
        assertThat(ask(gate, "t3", terms(1, 8), fit("r", 1).protectedBy(new Protection(1, 0, false))))
                .as("clipped alone").isPresent();
    }

    @Test
    void noiseThatTheCoordinatorPromisesCountsOnlyIfItIsTrusted() {
        Terms promise = terms(10, 0, new Promise(40, new Chance.None()));
        Task task = fit("r", 1).protectedBy(new Protection(1, 0, false));
        assertThat(done(gate(budget()), "t1", promise, task)).isFalse();
        assertThat(done(gate(budget(), true), "t2", promise, task)).isTrue();
        assertThat(done(gate(budget(), true), "t3", promise, fit("r", 2))).as("no clip, so no bound").isFalse();
    }

    @Test
    void aPromiseIsChargedOnceForAllRoundsAndNotBeyond() {
        Terms promise = terms(2, 0, new Promise(20, new Chance.Coins(0.5)));
        Gate gate = gate(budget(), true);
        Protection clipped = new Protection(1, 0, false);
        assertThat(done(gate, "t1", promise, fit("r", 1).protectedBy(clipped))).isTrue();
        double first = records().get(0).entry().epsilon();
        assertThat(done(gate, "t2", promise, fit("r", 2).protectedBy(clipped))).isTrue();
        assertThat(records().get(1).entry().epsilon()).isEqualTo(first);
        assertThat(done(gate, "t3", promise, fit("r", 3).protectedBy(clipped))).as("of two rounds").isFalse();
        Terms other = terms(2, 0, new Promise(15, new Chance.Coins(0.5)));
        assertThat(done(gate, "t4", other, fit("r", 2).protectedBy(clipped))).isTrue();
        assertThat(records().get(2).entry().epsilon()).as("another promise is charged anew").isGreaterThan(first);
    }

    @Test
    void noiseOfNoSizeThatNumbersCanHoldIsNone() {
        Gate gate = gate(budget());
        for (double deviation : new double[]{Double.MIN_VALUE, 1e-200, 0.9e-3}) {
            assertThat(ask(gate, "t", null, fit("r", 1).protectedBy(new Protection(1, deviation, false))))
                    .as("deviation " + deviation).isPresent();
            assertThat(told).last().asString().contains("without bound");
        }
        assertThat(done(gate, "t1", null, fit("r", 1).protectedBy(new Protection(Double.MIN_VALUE, 1e300, false))))
                .isTrue();
        assertThat(records().get(0).entry().epsilon()).isBetween(0.0, 1e-3);
    }
}
