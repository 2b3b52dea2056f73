package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.protocol.Terms.Promise;
import dev.hansa.core.question.Standardising;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a coordinator that is trusted to add noise promises once is charged once: for one data set, and one question. */
class PaidOnceTest extends GateFixture {
    private static final Protection CLIPPED = new Protection(1, 0, false);

    private Gate gate() {
        return gate(new Policy(List.of(), Set.of(), Trust.COORDINATOR, Optional.empty(),
                Map.of("rows", budget(), "others", budget())));
    }

    private static Task.Fit fitOn(String set, int round) {
        Task.Fit plain = fit("r", round);
        return new Task.Fit("r", round, new DataSpec(set, SCHEMA, new HoldOut.None(), false), plain.preprocessing(),
                plain.model(), plain.parameters(), plain.training(), plain.seed()).protectedBy(CLIPPED);
    }

    private static Task sums(double width, HoldOut holdOut) {
        Bounds bounds = new Bounds(0, width);
        return new Task.Describe("r", new DataSpec("rows", SCHEMA, holdOut, true), Optional.of(new Standardising(
                new TreeMap<>(Map.of("x", bounds, "y", bounds, "z", bounds)), false, 40, false)), new Seed(1));
    }

    @Test
    void aRunIsChargedToEachDataSetThatItAsksOf() {
        Gate gate = gate();
        Terms promise = terms(2, 0, new Promise(20, new Chance.Coins(0.5)));
        assertThat(done(gate, "t1", promise, fitOn("rows", 1))).isTrue();
        assertThat(done(gate, "t2", promise, fitOn("others", 1))).isTrue();
        double first = records().get(0).entry().epsilon();
        assertThat(first).isPositive();
        assertThat(records().get(1).entry().epsilon()).isEqualTo(first);
        assertThat(done(gate, "t3", promise, fitOn("others", 2))).isTrue();
        assertThat(records().get(2).entry().event()).isEqualTo(Charge.NOTHING);
    }

    @Test
    void whatIsLeftOfOneBudgetDoesNotPayForAnother() {
        Gate gate = gate();
        Terms cheap = terms(1, 0, new Promise(20, new Chance.None()));
        Terms dear = terms(1, 0, new Promise(0.5, new Chance.None()));
        assertThat(done(gate, "t1", cheap, fitOn("rows", 1))).isTrue();
        assertThat(done(gate, "t2", dear, fitOn("others", 1))).isFalse();
    }

    @Test
    void eachQuestionIsChargedAndTheSameAgainIsNot() {
        Gate gate = gate();
        Terms promise = terms(1, 0, new Promise(40, new Chance.None()));
        HoldOut all = new HoldOut.None();
        assertThat(done(gate, "t1", promise, sums(1, all))).isTrue();
        double first = records().get(0).entry().epsilon();
        assertThat(done(gate, "t2", promise, sums(1, all))).isTrue();
        assertThat(records().get(1).entry().epsilon()).isEqualTo(first);
        assertThat(done(gate, "t3", promise, sums(2, all))).as("other bounds").isTrue();
        double second = records().get(2).entry().epsilon();
        assertThat(second).isGreaterThan(first);
        assertThat(done(gate, "t4", promise, sums(2, new HoldOut.Every(2)))).as("other rows").isTrue();
        assertThat(records().get(3).entry().epsilon()).isGreaterThan(second);
    }
}
