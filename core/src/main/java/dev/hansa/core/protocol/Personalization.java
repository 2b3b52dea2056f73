package dev.hansa.core.protocol;

import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.TensorShape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How clients come to models of their own; what is personal never leaves them. */
public sealed interface Personalization {
    /** All have the same model. */
    static Personalization none() {
        return new None();
    }

    /** Whether all have the same model. */
    default boolean isNone() {
        return this instanceof None;
    }

    /** What travels of a model of this layout. */
    default Layout shared(Layout model) {
        return model;
    }

    /** What clients need to know of it to train in a round. */
    default Personalization inRounds() {
        return this;
    }

    /** What they need to know of it to measure the run's model: nothing if that is whole by itself. */
    default Personalization inEvaluations() {
        return this;
    }

    /** All have the same model. */
    record None() implements Personalization {}

    /**
     * Some tensors stay with each client, the others are shared. Trained together: Arivazhagan et al., <i>Federated Learning
     * with Personalization Layers</i> (FedPer), 2019, Algorithms 1 and 2; with normalisation layers as the local ones: Li et
     * al., <i>FedBN</i>, ICLR 2021, Algorithm 1. One after the other, first the local ones: Collins et al., <i>Exploiting
     * Shared Representations for Personalized Federated Learning</i> (FedRep), ICML 2021, Algorithm 1.
     *
     * @param patterns   of the names of local tensors; * stands for any characters; at least one
     * @param headEpochs how often a client visits its rows to train the local tensors, the others fixed, before it trains the
     *                   others, the local ones fixed; empty for all together
     * @param start      of the local tensors, the same for all clients
     */
    record LocalLayers(List<String> patterns, OptionalInt headEpochs, Seed start) implements Personalization {
        public LocalLayers {
            patterns = List.copyOf(patterns);
            if (patterns.isEmpty()) {
                throw new IllegalArgumentException("no tensor is named local, expected at least one pattern");
            }
            if (headEpochs.isPresent() && headEpochs.getAsInt() < 1) {
                throw new IllegalArgumentException(
                        "headEpochs is " + headEpochs.getAsInt() + ", expected at least 1");
            }
        }

        /** The names of the local ones among these tensors. */
        public Set<String> local(Layout model) {
            return model.tensors().stream().map(TensorShape::name)
                    .filter(name -> patterns.stream().anyMatch(pattern -> matches(pattern, name)))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        @Override
        public Layout shared(Layout model) {
            Set<String> local = local(model);
            return new Layout(model.tensors().stream().filter(tensor -> !local.contains(tensor.name()))
                    .collect(Collectors.toList()));
        }

        /** Why a model of this layout cannot be divided so. */
        public Optional<String> objection(Layout model) {
            List<String> names = model.tensors().stream().map(TensorShape::name).collect(Collectors.toList());
            Optional<String> idle = patterns.stream()
                    .filter(pattern -> names.stream().noneMatch(name -> matches(pattern, name))).findFirst();
            if (idle.isPresent()) {
                return Optional.of(idle.get() + " is no tensor of the model, which has " + names);
            }
            return local(model).size() < names.size() ? Optional.empty()
                    : Optional
                            .of("all tensors of the model are local, so nothing is shared; expected some of " + names);
        }

        private static boolean matches(String pattern, String name) {
            String literal = Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote)
                    .collect(Collectors.joining(".*"));
            return name.matches(literal);
        }
    }

    /**
     * After the last round each client trains the model on, on its own rows alone: Wang et al., <i>Federated Evaluation of
     * On-device Personalization</i>, 2019, section 3; the baseline of Collins et al., ICML 2021, section 5.
     *
     * @param epochs passes over its rows; at least 1
     * @param rate   step size; empty for that of the last round
     */
    record FineTuning(int epochs, OptionalDouble rate) implements Personalization {
        @Override
        public Personalization inRounds() {
            return none();
        }

        @Override
        public Personalization inEvaluations() {
            return none();
        }

        public FineTuning {
            if (epochs < 1) {
                throw new IllegalArgumentException("epochs is " + epochs + ", expected at least 1");
            }
            if (rate.isPresent() && !(rate.getAsDouble() > 0 && Double.isFinite(rate.getAsDouble()))) {
                throw new IllegalArgumentException(
                        "rate is " + rate.getAsDouble() + ", expected a finite number greater than 0");
            }
        }
    }

    /**
     * Each client has a model of its own beside the shared one, trained like it, but drawn to it: Li et al., <i>Ditto: Fair and
     * Robust Federated Learning Through Personalization</i>, ICML 2021, Algorithm 1. A deviation: a client's own model begins
     * at the shared one that the client gets first, which is that of the run's beginning if it is in the first cohort.
     *
     * @param lambda λ, how strongly; 0 (not at all: the client trains alone) or more
     */
    record Ditto(double lambda) implements Personalization {
        public Ditto {
            if (!(lambda >= 0 && Double.isFinite(lambda))) {
                throw new IllegalArgumentException("lambda is " + lambda + ", expected a finite number of 0 or more");
            }
        }

        @Override
        public Personalization inEvaluations() {
            return none();
        }
    }

    /**
     * There are several models; each client takes the one with the least loss on its rows to train on, and trains that: Ghosh
     * et al., <i>An Efficient Framework for Clustered Federated Learning</i> (IFCA), NeurIPS 2020, Algorithm 1 with model
     * averaging (option II).
     *
     * @param number of models; from 1 to {@link #MOST}
     */
    record Clusters(int number) implements Personalization {
        /** More would be too much for a node to choose from. */
        public static final int MOST = 20;

        public Clusters {
            if (number < 1 || number > MOST) {
                throw new IllegalArgumentException("number is " + number + ", expected from 1 to " + MOST);
            }
        }

        /** What the cluster's model is called among all. */
        public static String part(int cluster) {
            return "cluster" + cluster;
        }

        /** All models, which are numbered from 1. */
        @Override
        public Layout shared(Layout model) {
            Map<String, Layout> parts = new LinkedHashMap<>();
            for (int cluster = 1; cluster <= number; cluster++) {
                parts.put(part(cluster), model);
            }
            return Bundle.layout(parts);
        }
    }
}
