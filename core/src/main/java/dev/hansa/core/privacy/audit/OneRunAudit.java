package dev.hansa.core.privacy.audit;

import java.util.Arrays;
import java.util.Comparator;

/**
 * What one run proves, with many canaries of which each took part or not by a fair coin: Steinke, Nasr, Jagielski, 2023. It
 * holds for whatever was run, and proves less than many runs with a canary each do.
 *
 * @param canaries m, all, guessed at or not; at least 1
 * @param guesses  r, for how many of them it was guessed whether they took part; fixed before anybody looked
 * @param correct  v, of those
 */
public record OneRunAudit(int canaries, int guesses, int correct) {
    private static final int STEPS = 60;
    private static final double MOST = 100;

    public OneRunAudit {
        if (canaries < 1 || guesses < 0 || guesses > canaries || correct < 0 || correct > guesses) {
            throw new IllegalArgumentException(
                    "got " + correct + " correct of " + guesses + " guesses about " + canaries
                            + " canaries, expected each number at most the next and one canary or more");
        }
    }

    /**
     * Guesses that those with the highest scores took part and those with the lowest did not.
     *
     * @param scores   by canary
     * @param tookPart by canary
     * @param in       how many to guess in
     * @param out      how many to guess out
     */
    public static OneRunAudit of(double[] scores, boolean[] tookPart, int in, int out) {
        if (tookPart.length != scores.length || in < 0 || out < 0 || (long) in + out > scores.length) {
            throw new IllegalArgumentException("got " + scores.length + " scores and " + tookPart.length
                    + " coins for " + in + " + " + out + " guesses, expected as many, and no more guesses");
        }
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, canary -> canary);
        Arrays.sort(order, Comparator.comparingDouble((Integer canary) -> scores[canary]).reversed());
        int correct = 0;
        for (int i = 0; i < in; i++) {
            correct += tookPart[order[i]] ? 1 : 0;
        }
        for (int i = 0; i < out; i++) {
            correct += tookPart[order[order.length - 1 - i]] ? 0 : 1;
        }
        return new OneRunAudit(scores.length, in + out, correct);
    }

    /** The least ε that the guesses leave possible with the δ, with the confidence; 0 if they prove nothing. */
    public double epsilon(double delta, double confidence) {
        double error = 1 - Proportion.confidence(confidence);
        if (chance(0, delta) > error) {
            return 0;
        }
        double low = 0;
        double high = 1;
        while (high < MOST && chance(high, delta) <= error) {
            low = high;
            high *= 2;
        }
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (chance(middle, delta) <= error) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * How likely so many correct guesses are at most, of something that is (ε, δ)-private: with B binomial of the guesses and
     * e^ε / (1 + e^ε), P(B ≥ v) + 2 m δ max_i (P(B ≥ v − i) − P(B ≥ v)) / i.
     */
    public double chance(double epsilon, double delta) {
        double[] tails = tails(1 / (1 + Math.exp(-epsilon)));
        double slope = 0;
        for (int i = 1; i <= correct; i++) {
            slope = Math.max(slope, (tails[correct - i] - tails[correct]) / i);
        }
        return Math.min(1, tails[correct] + 2 * canaries * delta * slope);
    }

    /** By number of heads the probability of as many or more. */
    private double[] tails(double rate) {
        double[] tails = new double[guesses + 2];
        int mode = (int) Math.min(guesses, (guesses + 1) * rate);
        double odds = rate / (1 - rate);
        tails[mode] = 1;
        for (int k = mode; k < guesses; k++) {
            tails[k + 1] = tails[k] * odds * (guesses - k) / (k + 1);
        }
        for (int k = mode; k > 0; k--) {
            tails[k - 1] = tails[k] * k / (odds * (guesses - k + 1));
        }
        for (int k = guesses; k > 0; k--) {
            tails[k - 1] += tails[k];
        }
        double all = tails[0];
        for (int k = 0; k <= guesses; k++) {
            tails[k] /= all;
        }
        return tails;
    }
}
