package dev.hansa.core.privacy.audit;

import dev.hansa.core.privacy.numeric.BinomialTail;

/**
 * How often something happened in independent trials, and between which rates the true one lies: Clopper-Pearson intervals,
 * which hold for any rate and any number of trials.
 *
 * @param hits   from 0 to the number of trials
 * @param trials at least 1
 */
public record Proportion(long hits, long trials) {

    public Proportion {
        if (trials < 1 || hits < 0 || hits > trials) {
            throw new IllegalArgumentException(
                    "got " + hits + " of " + trials + ", expected from 0 to all of one or more");
        }
    }

    /** The share of the trials. */
    public double share() {
        return (double) hits / trials;
    }

    /** The lower end of the interval that holds the true rate with the confidence, at either side half of the rest. */
    public double low(double confidence) {
        return least((1 - confidence(confidence)) / 2);
    }

    /** Its upper end. */
    public double high(double confidence) {
        return new Proportion(trials - hits, trials).above((1 - confidence(confidence)) / 2);
    }

    private double above(double error) {
        return 1 - least(error);
    }

    /** The rate with which as many hits or more are as likely as the error. */
    private double least(double error) {
        if (hits == 0) {
            return 0;
        }
        double low = 0;
        double high = share();
        for (double middle = high / 2; low < middle && middle < high; middle = (low + high) / 2) {
            if (BinomialTail.atLeast(hits, trials, middle) <= error) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static double confidence(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "confidence is " + confidence + ", expected a number above 0 and below 1, as 0.95");
        }
        return confidence;
    }
}
