package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.client.ledger.Spending;
import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetTest extends GateFixture {
    @Test
    void aBudgetLastsOverRunsAndRestarts() throws IOException {
        int rounds = 0;
        for (int run = 1; run <= 5; run++) {
            for (int round = 1; round <= 5; round++) {
                rounds += done(gate(budget()), "t" + run + "-" + round, null,
                        fit("r" + run, round).protectedBy(NOISY)) ? 1 : 0;
            }
            ledger.close();
            open();
        }
        Spending spent = Spending.none();
        int affordable = 0;
        while (spent.plus(new Gaussian(4)).epsilon(1e-5) <= BUDGET.epsilon()) {
            spent = spent.plus(new Gaussian(4));
            affordable++;
        }
        assertThat(rounds).isEqualTo(affordable).isBetween(1, 24);
        assertThat(ledger.spending("rows", Unit.DATA_SET).epsilon(1e-5)).isEqualTo(spent.epsilon(1e-5));
        assertThat(told).last().asString().contains("epsilon 1 (delta 1e-5)", "is spent");
    }

    @Test
    void aRunThatWillExceedTheBudgetIsRefusedAtItsFirstTask() {
        Report refused = ask(gate(budget()), "t1", terms(1000, 8), new Task.Describe("r", DATA)).get();
        assertThat(refused).isInstanceOf(Report.Refused.class);
        assertThat(((Report.Refused) refused).reason()).as("nothing of other runs").contains("privacy budget")
                .doesNotContain("epsilon");
        assertThat(told).last().asString().contains("all of this run");
        assertThat(ask(gate(budget()), "t2", terms(1000, 0), new Task.Describe("r", DATA)))
                .as("no noise at all").isPresent();
        assertThat(ask(gate(budget()), "t3", new Terms("", 1000, false, 2, 8, Optional.empty()),
                new Task.Describe("r", DATA))).as("it may not be asked each time").isEmpty();
    }

    @Test
    void whatNoNoiseProtectsIsChargedUnlessItIsExempt() {
        DataSpec standardised = new DataSpec("rows", SCHEMA, new HoldOut.None(), true);
        Task statistics = new Task.Describe("r", standardised);
        assertThat(ask(gate(budget()), "t1", terms(1, 8), statistics)).get().isInstanceOf(Report.Refused.class);
        assertThat(ask(gate(budget(Told.STATISTICS)), "t2", terms(1, 8), statistics)).isEmpty();
        assertThat(ask(gate(budget()), "t3", terms(1, 8), evaluate("r"))).as("of this question alone").get()
                .isInstanceOf(Report.Failed.class);
        assertThat(done(gate(budget(Told.EVALUATION)), "t4", terms(1, 8), evaluate("r"))).isTrue();
        assertThat(records()).singleElement().satisfies(record -> {
            assertThat(record.entry().told()).isEqualTo(Told.EVALUATION);
            assertThat(record.entry().epsilon()).isZero();
        });
    }
}
