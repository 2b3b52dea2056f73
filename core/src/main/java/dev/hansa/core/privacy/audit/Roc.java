package dev.hansa.core.privacy.audit;

import dev.hansa.core.privacy.numeric.Normal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How well scores tell members from others, at each threshold: the receiver operating characteristic. Whoever reaches the
 * threshold is taken for a member.
 */
public final class Roc {
    private final double[] members;
    private final double[] others;

    /**
     * A point of the curve.
     *
     * @param falsePositives the share of the others that are taken for members
     * @param truePositives  the share of the members that are
     */
    public record Point(double falsePositives, double truePositives) {}

    /** An estimate, and between which values the true one lies. */
    public record Interval(double value, double low, double high) {}

    /**
     * @param members scores, higher ones for what looks like a member; at least one, all finite or infinite
     * @param others  of those who are not
     */
    public Roc(double[] members, double[] others) {
        this.members = ascending(members, "members");
        this.others = ascending(others, "others");
    }

    private static double[] ascending(double[] scores, String whose) {
        if (scores.length == 0 || Arrays.stream(scores).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("got " + scores.length + " scores of " + whose
                    + ", expected at least one, and numbers");
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** All points, from (0, 0) to (1, 1). */
    public List<Point> points() {
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0));
        int m = members.length;
        int o = others.length;
        while (m > 0 || o > 0) {
            double threshold = Math.max(m > 0 ? members[m - 1] : Double.NEGATIVE_INFINITY,
                    o > 0 ? others[o - 1] : Double.NEGATIVE_INFINITY);
            while (m > 0 && members[m - 1] >= threshold) {
                m--;
            }
            while (o > 0 && others[o - 1] >= threshold) {
                o--;
            }
            points.add(new Point(1 - (double) o / others.length, 1 - (double) m / members.length));
        }
        return Collections.unmodifiableList(points);
    }

    /**
     * The area under the curve: how likely a member has a higher score than somebody else, ties counting half. 0.5 is a guess.
     * The interval is the normal one with the deviation of how each score lies among those of the other group.
     */
    public Interval area(double confidence) {
        double[] above = places(members, others);
        double[] below = places(others, members);
        double area = Arrays.stream(above).average().orElse(Double.NaN);
        double deviation = Math.sqrt(variance(above) / above.length + variance(below) / below.length);
        double margin = deviation * quantile((1 + Proportion.confidence(confidence)) / 2);
        return new Interval(area, Math.max(0, area - margin), Math.min(1, area + margin));
    }

    /** By score the share of the others that are lower, equal ones counting half. */
    private static double[] places(double[] of, double[] among) {
        double[] places = new double[of.length];
        int lower = 0;
        int upTo = 0;
        for (int i = 0; i < of.length; i++) {
            while (lower < among.length && among[lower] < of[i]) {
                lower++;
            }
            while (upTo < among.length && among[upTo] <= of[i]) {
                upTo++;
            }
            places[i] = (lower + upTo) / 2.0 / among.length;
        }
        return places;
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return values.length < 2
                ? 0.25 // nothing is known of it; the largest there is
                : Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum() / (values.length - 1);
    }

    private static double quantile(double mass) {
        double low = 0;
        double high = 40;
        for (double middle = 20; low < middle && middle < high; middle = (low + high) / 2) {
            if (Normal.above(middle) > 1 - mass) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The members that are found at the lowest threshold at which no more than that share of the others are taken for some. */
    public Proportion truePositives(double falsePositiveRate) {
        int allowed = (int) Math.floor(falsePositiveRate * others.length + 1e-9);
        double threshold = allowed >= others.length
                ? Double.NEGATIVE_INFINITY
                : Math.nextUp(others[others.length - 1 - allowed]);
        return new Proportion(Arrays.stream(members).filter(score -> score >= threshold).count(), members.length);
    }

    /**
     * The largest difference of the shares at any threshold, which Yeom et al. call the attacker's advantage; 0 is a guess. The
     * interval holds at all thresholds at once, by the inequality of Dvoretzky, Kiefer and Wolfowitz for each group.
     */
    public Interval advantage(double confidence) {
        double largest = 0;
        for (Point point : points()) {
            largest = Math.max(largest, point.truePositives() - point.falsePositives());
        }
        double each = (1 - Proportion.confidence(confidence)) / 2;
        double margin = margin(members.length, each) + margin(others.length, each);
        return new Interval(largest, Math.max(0, largest - margin), Math.min(1, largest + margin));
    }

    private static double margin(int size, double error) {
        return Math.sqrt(Math.log(2 / error) / (2.0 * size));
    }
}
