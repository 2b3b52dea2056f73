package dev.hansa.core.coordinator;

import dev.hansa.core.learn.Learner;
import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.Personalization.Clusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Where a run begins. */
final class FirstModel {

    private FirstModel() {}

    /** What travels of the model; of several models the first is the one that a single one would be. */
    static Parameters of(RunSpec spec, Learner learner) {
        Seed seed = spec.seed().derive("initial");
        Parameters first = learner.initial(seed);
        if (spec.personalization() instanceof Clusters clusters) {
            Map<String, Parameters> models = new LinkedHashMap<>();
            models.put(Clusters.part(1), first);
            for (int cluster = 2; cluster <= clusters.number(); cluster++) {
                Parameters other = learner.initial(seed.derive(cluster));
                models.put(Clusters.part(cluster),
                        other.equals(first) ? drawn(other.layout(), seed.derive(cluster)) : other);
            }
            return Parameters.load(Bundle.of(models));
        }
        Layout shared = spec.personalization().shared(learner.layout());
        return first.select(shared.tensors().stream().map(TensorShape::name).collect(Collectors.toSet()));
    }

    /** Models that are not drawn from their seed would all be chosen alike: uniform in ±1/√(last dimension). */
    private static Parameters drawn(Layout layout, Seed seed) {
        SplittableRandom random = seed.random();
        float[] values = new float[layout.size()];
        for (TensorShape tensor : layout.tensors()) {
            List<Integer> dimensions = tensor.dimensions();
            double bound = dimensions.isEmpty() ? 1 : 1 / Math.sqrt(dimensions.get(dimensions.size() - 1));
            int from = layout.offset(tensor.name());
            for (int i = from; i < from + tensor.size(); i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        }
        return Parameters.owning(layout, values);
    }
}
