package dev.hansa.core.statistics;

import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.Preprocessing.Scale;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.question.Standardising;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The coordinator's half of {@link Standardising}: adds up answers, in whatever order they come, and makes scales of them. Not
 * safe for several threads.
 */
public final class MomentsSum {
    /** What an answer with noise cannot exceed, so that sums of many are exact. */
    private static final long MOST = 1L << 50;
    /** The largest sum. */
    private static final long MOST_TOGETHER = 1L << 60;
    /** Of the width between the bounds: no deviation is taken for less. */
    private static final double LEAST_DEVIATION = 1e-3;

    private final Standardising asked;
    private final long[] sums;
    private int clients;

    public MomentsSum(Standardising asked) {
        this.asked = asked;
        this.sums = new long[asked.numbers()];
    }

    /**
     * Why a client's answer cannot be that of its rows; empty if it can.
     *
     * @param rows that it told of
     */
    public Optional<String> problem(long[] numbers, long rows) {
        if (numbers.length != sums.length) {
            return Optional.of("it told " + numbers.length + " numbers of its columns, expected " + sums.length);
        }
        long most = asked.own() ? MOST : Standardising.ONE / 2 * (asked.ofRows() ? rows : 1);
        for (int i = 0; i < sums.length; i++) {
            if (numbers[i] > most || numbers[i] < -most || Math.abs(sums[i] + numbers[i]) > MOST_TOGETHER) {
                return Optional.of("its numbers cannot be those of values between the bounds");
            }
        }
        return Optional.empty();
    }

    /** Adds an answer that has no {@linkplain #problem problem}. */
    public void add(long[] numbers) {
        clients++;
        for (int i = 0; i < sums.length; i++) {
            sums[i] += numbers[i];
        }
    }

    /**
     * A scale for each column, by name. What is more than bounds allow is noise: a mean is taken for one between the bounds. A
     * variance is taken for no less than its own noise may make of none (one deviation of it), and a deviation for no less than a
     * thousandth and no more than half of the width, so that numbers stay of a size to learn from however much noise there is.
     *
     * @param participants that sums are divided by; greater than 0
     * @param random       of noise; nothing is drawn if each client added its own
     */
    public SortedMap<String, Scale> scales(double participants, RandomBytes random) {
        long[] noisy = sums.clone();
        if (!asked.own()) {
            BoundedMoments.addNoise(noisy, asked, random);
        }
        double error = asked.deviation() * Math.sqrt(asked.own() ? clients : 1) / Standardising.ONE / participants;
        SortedMap<String, Scale> scales = new TreeMap<>();
        int at = 0;
        for (Map.Entry<String, Bounds> column : asked.bounds().entrySet()) {
            double places = noisy[at++] / (double) Standardising.ONE / participants;
            double squares = noisy[at++] / (double) Standardising.ONE / participants;
            scales.put(column.getKey(), scale(column.getValue(), places, squares, error));
        }
        return scales;
    }

    /** Of the means of places and of squares, each with noise of that deviation. */
    private static Scale scale(Bounds bounds, double places, double squares, double error) {
        double mean = Math.max(-0.5, Math.min(0.5, places));
        double variance = squares + 0.5 - 4 * mean * mean; // of twice the places, whose deviation is at most 1
        double noise = error * Math.hypot(1, 8 * mean);
        double deviation = Math.sqrt(Math.max(variance, noise)) / 2;
        return new Scale(bounds.middle() + bounds.width() * mean,
                bounds.width() * Math.max(LEAST_DEVIATION, Math.min(0.5, deviation)));
    }
}
