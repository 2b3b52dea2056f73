package dev.hansa.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.DamagedParametersException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each {@link Aggregator} promises. */
public abstract class AggregatorContract {
    protected static final Layout LAYOUT = Layout.of(TensorShape.of("weight", 2), TensorShape.of("bias", 1));

    protected abstract Aggregator aggregator();

    protected static ModelUpdate update(double weight, float... difference) {
        return new ModelUpdate(Parameters.of(LAYOUT, difference), weight, sums(weight));
    }

    /** All that a rule may look at. */
    protected static Sums sums(double weight) {
        return Sums.of(Map.of(Sums.EXAMPLES, weight, Sums.STEPS, 1 + weight, Sums.START_LOSS, 2 * weight));
    }

    /** As many as the rule needs, but at least two. */
    private int many() {
        return Math.max(2, aggregator().leastUpdates());
    }

    private Aggregate manyUpdates() {
        Aggregator.Accumulator updates = aggregator().start(LAYOUT);
        addFrom(1, updates);
        return updates.finish();
    }

    /** Adds the updates from that number on. */
    private void addFrom(int first, Aggregator.Accumulator updates) {
        for (int number = first; number <= many(); number++) {
            updates.add(update(number, number, number + 1, number * number));
        }
    }

    @Test
    void updatesAndTheirSumsAreCounted() {
        Aggregate aggregate = manyUpdates();

        assertThat(aggregate.clients()).isEqualTo(many());
        assertThat(aggregate.sums().get(Sums.EXAMPLES)).isEqualTo(many() * (many() + 1) / 2);
        assertThat(aggregate.mean().layout()).isEqualTo(LAYOUT);
        assertThat(aggregate.weight()).isPositive();
    }

    @Test
    void roundsDoNotKnowEachOther() {
        assertThat(loaded(manyUpdates())).isEqualTo(loaded(manyUpdates()));
    }

    @Test
    void emptyRoundHasNoAggregate() {
        Aggregator.Accumulator updates = aggregator().start(LAYOUT);

        assertThat(updates.clients()).isZero();
        assertThatIllegalStateException().isThrownBy(updates::finish);
    }

    @Test
    void fewerUpdatesThanTheRuleNeedsHaveNoAggregate() {
        Aggregator.Accumulator updates = aggregator().start(LAYOUT);
        for (int number = 1; number < aggregator().leastUpdates(); number++) {
            updates.add(update(1, 1, 2, 3));
        }

        assertThatIllegalStateException().isThrownBy(updates::finish);
        updates.add(update(1, 1, 2, 3));
        assertThat(updates.finish().clients()).isEqualTo(aggregator().leastUpdates());
    }

    @Test
    void nothingIsAddedToARoundThatIsCombined() {
        Aggregator.Accumulator updates = aggregator().start(LAYOUT);
        addFrom(1, updates);
        updates.finish();

        assertThatIllegalStateException().isThrownBy(() -> updates.add(update(1, 1, 2, 3)));
    }

    /** A later training may write over it then. */
    @Test
    void unlessItKeepsUpdatesItIsDoneWithEachOnceItWasAdded() {
        Aggregator.Accumulator updates = aggregator().start(LAYOUT);
        for (int number = 1; number <= many(); number++) {
            Parameters difference = Parameters.of(LAYOUT, number, number + 1, number * number);
            updates.add(new ModelUpdate(difference, number, sums(number)));
            if (!aggregator().keepsUpdates()) {
                Arrays.fill(difference.surrendered(), Float.NaN);
            }
        }

        assertThat(loaded(updates.finish())).isEqualTo(loaded(manyUpdates()));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void updateThatIsNotFiniteLeavesEverythingAsItWas(float value) {
        assertUnusable(update(5, 1, 1, value), "its value 2 is " + value);
    }

    @Test
    void updateOfAnotherLayoutLeavesEverythingAsItWas() {
        Parameters other = Parameters.zeros(Layout.of(TensorShape.of("weight", 3)));

        assertUnusable(new ModelUpdate(other, 5, sums(5)), "expected " + LAYOUT);
    }

    @Test
    void damagedUpdateLeavesEverythingAsItWas() {
        assertUnusable(unreadable(new DamagedParametersException("the file ends early")), "the file ends early");
    }

    @Test
    void diskThatFailsIsNotTheUpdatesFault() {
        FederationException broken = new FederationException("no such device", true);
        Aggregator.Accumulator updates = aggregator().start(LAYOUT);

        assertThatThrownBy(() -> updates.add(unreadable(broken))).isSameAs(broken);
    }

    /** Its first block can be read. */
    private static ModelUpdate unreadable(FederationException problem) {
        return new ModelUpdate(new ParameterSource() {
            @Override
            public Layout layout() {
                return LAYOUT;
            }

            @Override
            public void read(BlockReader reader) {
                reader.accept(0, new float[]{1, 2}, 0, 2);
                throw problem;
            }
        }, 5, sums(5));
    }

    @Test
    void sumsThatAreNotFiniteLeaveEverythingAsItWas() {
        assertUnusable(new ModelUpdate(Parameters.zeros(LAYOUT), 5,
                sums(5).plus(Sums.of(Map.of(Sums.LOSS, Double.NaN)))), "loss");
    }

    /** The same with values that can be compared. */
    private static Aggregate loaded(Aggregate aggregate) {
        return new Aggregate(Parameters.load(aggregate.mean()), aggregate.weight(), aggregate.clients(),
                aggregate.sums());
    }

    private void assertUnusable(ModelUpdate update, String message) {
        Aggregator.Accumulator updates = aggregator().start(LAYOUT);
        updates.add(update(1, 1, 2, 1));

        assertThatExceptionOfType(UnusableUpdateException.class).isThrownBy(() -> updates.add(update))
                .withMessageContaining(message);

        assertThat(updates.clients()).isEqualTo(1);
        addFrom(2, updates);
        assertThat(loaded(updates.finish())).isEqualTo(loaded(manyUpdates()));
    }
}
