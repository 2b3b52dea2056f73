package dev.hansa.core.privacy;

import dev.hansa.core.privacy.clip.AdaptiveClip;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import java.util.Optional;

/** Who adds the noise, and so whom it protects from. What it does is in {@code mechanism}. */
public sealed interface Mechanism {

    /**
     * The coordinator, to the sum of a round: it sees updates, whoever gets the model does not. McMahan, Ramage, Talwar,
     * Zhang, <i>Learning Differentially Private Recurrent Language Models</i>, ICLR 2018.
     *
     * @param adaptive how the clip follows the updates; empty if it stays
     */
    record Central(Optional<AdaptiveClip> adaptive) implements Mechanism {
        @Override
        public String word() {
            return "central";
        }
    }

    /** Each client, to its update: it protects from the coordinator as well. */
    record Local() implements Mechanism {
        @Override
        public String word() {
            return "local";
        }
    }

    /**
     * The coordinator, with noise that later rounds take back in part: DP-FTRL, which needs no chance in who takes part.
     * Kairouz, McMahan, Song, Thakkar, Thakurta, Xu, <i>Practical and Private (Deep) Learning without Sampling or
     * Shuffling</i>, ICML 2021; McMahan, Xu, Zhang, <i>A Hassle-free Algorithm for Private Learning in Practical Federated
     * Learning</i>, 2024.
     */
    record Correlated() implements Mechanism {
        @Override
        public String word() {
            return "correlated";
        }
    }

    /**
     * All clients together, each a part of it, to whole numbers that add up: Kairouz, Liu, Steinke, <i>The Distributed
     * Discrete Gaussian Mechanism for Federated Learning with Secure Aggregation</i>, ICML 2021; Agarwal, Kairouz, Liu,
     * <i>The Skellam Mechanism for Differentially Private Federated Learning</i>, NeurIPS 2021.
     *
     * @param noise of each client
     * @param bits  of each number that is sent; from {@value #LEAST_BITS} to {@value #MOST_BITS}
     */
    record Distributed(IntegerNoise noise, int bits) implements Mechanism {
        public static final int LEAST_BITS = 8;
        /** Whole numbers of so many bits are exact in single precision, in which updates are sent. */
        public static final int MOST_BITS = 24;

        public Distributed {
            if (bits < LEAST_BITS || bits > MOST_BITS) {
                throw new IllegalArgumentException(
                        "bits is " + bits + ", expected from " + LEAST_BITS + " to " + MOST_BITS);
            }
        }

        @Override
        public String word() {
            return "distributed";
        }
    }

    /**
     * Each client, to the gradients that it trains by: it hides each row rather than a client as a whole, from the coordinator
     * as well. {@code privacy.rows} has it.
     *
     * @param sampling the probability with which a step draws each row; greater than 0, at most 1
     * @param steps    of a client in a round; at least 1
     */
    record Examples(double sampling, int steps) implements Mechanism {
        public Examples {
            if (!(sampling > 0 && sampling <= 1)) {
                throw new IllegalArgumentException(
                        "privacy.sampling is " + sampling + ", expected a number above 0, at most 1");
            }
            if (steps < 1) {
                throw new IllegalArgumentException("steps is " + steps + ", expected at least 1");
            }
        }

        @Override
        public String word() {
            return "examples";
        }
    }

    /** What it is called, in a run file too. */
    String word();

    /** Whether the update of a single client tells a coordinator that is curious no more than was promised. */
    default boolean protectsFromCoordinator() {
        return this instanceof Local || hidesRows();
    }

    /** Whether it hides each row, and not a client as a whole. */
    default boolean hidesRows() {
        return this instanceof Examples;
    }
}
