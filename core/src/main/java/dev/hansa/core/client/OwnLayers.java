package dev.hansa.core.client;

import dev.hansa.core.learn.Learner;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What of a model stays with a client, and how it and what was sent are one model. */
final class OwnLayers {
    /** What a client remembers them by. */
    static final String NAME = "own";

    private final Layout model;
    private final Layout shared;
    private final Set<String> names;

    OwnLayers(Personalization personalization, Layout model) {
        this.model = model;
        this.shared = personalization.shared(model);
        this.names = personalization instanceof LocalLayers layers ? layers.local(model) : Collections.emptySet();
    }

    /** Before the client has trained any. */
    static Optional<Parameters> first(Personalization personalization, Learner learner) {
        return personalization instanceof LocalLayers layers
                ? Optional.of(learner.initial(layers.start()).select(layers.local(learner.layout())))
                : Optional.empty();
    }

    /** The tensors that are the client's own. */
    Set<String> names() {
        return names;
    }

    /** The tensors that travel. */
    Layout shared() {
        return shared;
    }

    /** The tensors that stay. */
    Layout own() {
        return new Layout(model.tensors().stream().filter(tensor -> names.contains(tensor.name()))
                .collect(Collectors.toList()));
    }

    /** One model. */
    Parameters with(Parameters received, Optional<Parameters> own) {
        return own.isPresent() ? received.with(own.get(), model) : received;
    }

    /** What travels of the model. */
    Parameters sharedOf(Parameters whole) {
        return names.isEmpty() ? whole : whole.select(sharedNames());
    }

    /** What stays of it. */
    Optional<Parameters> ownOf(Parameters whole) {
        return names.isEmpty() ? Optional.empty() : Optional.of(whole.select(names));
    }

    /** The names of what travels. */
    Set<String> sharedNames() {
        return shared.tensors().stream().map(TensorShape::name).collect(Collectors.toSet());
    }
}
