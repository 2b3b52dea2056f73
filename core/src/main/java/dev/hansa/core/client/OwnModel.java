package dev.hansa.core.client;

import dev.hansa.core.data.Examples;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Personalization.Ditto;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The model that a client uses for itself.
 *
 * @param counted the round whose memory counts
 */
record OwnModel(Personalization personalization, Learner learner, DataMemory memory, int counted) {

    /**
     * Made of what was sent and what is remembered; empty if nothing is, but is needed.
     *
     * @param training by which one of several is chosen
     */
    Optional<Parameters> of(Parameters received, Supplier<Examples> training) {
        if (personalization instanceof Clusters clusters) {
            Clustering clustering = new Clustering(clusters, learner);
            return Optional.of(clustering.model(received, clustering.choice(received, training.get())));
        }
        OwnLayers layers = new OwnLayers(personalization, learner.layout());
        received.requireSameLayout(layers.shared());
        if (personalization instanceof Ditto) {
            return remembered(Fitting.BESIDE, learner.layout());
        }
        if (layers.names().isEmpty()) {
            return Optional.of(received);
        }
        Optional<Parameters> plain = remembered(OwnLayers.NAME, layers.own());
        return (plain.isPresent() ? plain : remembered(Fitting.hidden(OwnLayers.NAME), layers.own()))
                .map(own -> layers.with(received, Optional.of(own)));
    }

    private Optional<Parameters> remembered(String name, Layout layout) {
        return Fitting.part(name, memory.of(counted), layout);
    }
}
