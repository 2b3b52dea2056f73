package dev.hansa.core.aggregate;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Personalization.Clusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Combines the updates of each cluster by themselves: Ghosh et al., NeurIPS 2020, Algorithm 1, line 14. A model that too few
 * chose does not move, or it would show their updates.
 *
 * @param rule  for the updates of one cluster
 * @param model of a single model
 * @param least how many updates a model needs to move
 */
public record ByCluster(Aggregator rule, Clusters clusters, Layout model, int least) implements Aggregator {

    @Override
    public boolean keepsUpdates() {
        return rule.keepsUpdates();
    }

    @Override
    public Accumulator start(Layout layout) {
        if (!layout.equals(clusters.shared(model))) {
            throw new IllegalArgumentException("expected " + clusters.number() + " models, got " + layout);
        }
        List<Accumulator> each = new ArrayList<>();
        for (int cluster = 0; cluster < clusters.number(); cluster++) {
            each.add(rule.start(model));
        }
        return new Each(each, model, least);
    }

    private record Each(List<Accumulator> clusters, Layout model, int least) implements Accumulator {
        @Override
        public void add(ModelUpdate update) {
            double cluster = update.sums().get(Sums.CLUSTER);
            if (!(cluster >= 1 && cluster <= clusters.size() && cluster == Math.rint(cluster))) {
                throw new UnusableUpdateException("it tells of the cluster " + cluster + ", and there are 1 to "
                        + clusters.size());
            }
            clusters.get((int) cluster - 1).add(update);
        }

        @Override
        public int clients() {
            return clusters.stream().mapToInt(Accumulator::clients).sum();
        }

        @Override
        public Aggregate finish() {
            Map<String, ParameterSource> means = new LinkedHashMap<>();
            double weight = 0;
            Sums sums = Sums.NONE;
            for (Accumulator cluster : clusters) {
                String part = Clusters.part(means.size() + 1);
                if (cluster.clients() < least) {
                    means.put(part, Parameters.zeros(model));
                } else {
                    Aggregate of = cluster.finish();
                    means.put(part, of.mean());
                    weight += of.weight();
                    sums = sums.plus(of.sums());
                }
            }
            return new Aggregate(Bundle.of(means), weight, clients(), sums);
        }
    }
}
