package dev.hansa.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.Personalization.Clusters;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByClusterTest {
    private static final Layout MODEL = Layout.of(TensorShape.of("w", 2));
    private static final Clusters THREE = new Clusters(3);
    private static final Aggregator RULE = rule(1);

    private static Aggregator rule(int least) {
        return new ByCluster(new WeightedMean(Weighting.EXAMPLES), THREE, MODEL, least);
    }

    private static ModelUpdate update(double cluster, double weight, float... values) {
        return new ModelUpdate(Parameters.of(MODEL, values), weight,
                Sums.of(Map.of(Sums.EXAMPLES, weight, Sums.CLUSTER, cluster)));
    }

    @Test
    void eachModelMovesByItsOwnUpdates() {
        Aggregator.Accumulator updates = RULE.start(THREE.shared(MODEL));
        updates.add(update(1, 3, 4, 0));
        updates.add(update(3, 1, 5, 6));
        updates.add(update(1, 1, 0, 8));
        Aggregate aggregate = updates.finish();

        assertThat(Parameters.load(aggregate.mean()).toArray()).containsExactly(3, 2, 0, 0, 5, 6);
        assertThat(aggregate.weight()).isEqualTo(5);
        assertThat(aggregate.clients()).isEqualTo(3);
    }

    @Test
    void aModelThatTooFewChoseShowsNoneOfTheirUpdates() {
        Aggregator.Accumulator updates = rule(2).start(THREE.shared(MODEL));
        updates.add(update(1, 3, 4, 0));
        updates.add(update(3, 1, 5, 6));
        updates.add(update(1, 1, 0, 8));
        assertThat(Parameters.load(updates.finish().mean()).toArray()).containsExactly(3, 2, 0, 0, 0, 0);

        Aggregator.Accumulator scattered = rule(2).start(THREE.shared(MODEL));
        scattered.add(update(1, 3, 4, 0));
        scattered.add(update(2, 1, 5, 6));
        assertThat(Parameters.load(scattered.finish().mean()).toArray()).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 4, 1.5, -1, Double.NaN})
    void anUpdateOfNoClusterIsUnusable(double cluster) {
        Aggregator.Accumulator updates = RULE.start(THREE.shared(MODEL));
        assertThatThrownBy(() -> updates.add(update(cluster, 1, 1, 1))).isInstanceOf(UnusableUpdateException.class);
        assertThat(updates.clients()).isZero();
    }
}
