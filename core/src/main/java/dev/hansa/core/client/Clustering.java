package dev.hansa.core.client;

import dev.hansa.core.data.Examples;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A client's choice among the models of all clusters: Ghosh et al., NeurIPS 2020, Algorithm 1, lines 7 to 9. */
record Clustering(Clusters clusters, Learner learner) {

    /** The number of the model with the least loss on these rows; of several the first. */
    int choice(Parameters models, Examples training) {
        models.requireSameLayout(clusters.shared(learner.layout()));
        int best = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int cluster = 1; cluster <= clusters.number(); cluster++) {
            double loss = learner.evaluate(model(models, cluster), training).get(Sums.LOSS);
            if (loss < least) {
                best = cluster;
                least = loss;
            }
        }
        return best;
    }

    /** The cluster's model. */
    Parameters model(Parameters models, int cluster) {
        return Bundle.part(Clusters.part(cluster), models);
    }

    /** The update of the chosen model, which it names. */
    Report fit(Task.Fit task, ClientMemory memory, Examples training, BooleanSupplier timeIsUp)
            throws InterruptedException {
        int cluster = choice(task.parameters(), training);
        Task.Fit ofOne = new Task.Fit(task.run(), task.round(), task.data(), task.preprocessing(), task.model(),
                model(task.parameters(), cluster), task.training(), task.compression(), task.seed(), task.timeLeft(),
                task.counted(), Personalization.none());
        Report report = new Fitting(ofOne, learner, memory, NoiseSource.SECRET).on(training, timeIsUp);
        if (!(report instanceof Report.Fitted fitted)) {
            return report;
        }
        ModelUpdate update = fitted.update();
        Sums sums = update.sums().plus(Sums.of(Map.of(Sums.CLUSTER, (double) cluster)));
        return new Report.Fitted(new ModelUpdate(update.difference(), update.weight(), sums, update.share()));
    }
}
