package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Partitions by which clients differ in their labels or sizes. */
class SkewedPartitionsTest {

    /** Row r has the label r modulo the number of labels. */
    private static double[] labels(int rows, int labels) {
        return IntStream.range(0, rows).mapToDouble(row -> row % labels).toArray();
    }

    private static long distinct(int[] rows, double[] labels) {
        return Arrays.stream(rows).mapToDouble(row -> labels[row]).distinct().count();
    }

    private static double share(int[] rows, double[] labels, double label) {
        return Arrays.stream(rows).filter(row -> labels[row] == label).count() / (double) rows.length;
    }

    static Stream<Function<Seed, Partitioner>> partitioners() {
        double[] labels = labels(503, 7);
        return Stream.of(seed -> new DirichletLabels(20, 0.1, labels, seed),
                seed -> new DirichletLabels(503, 1e-6, labels, seed), seed -> new DirichletLabels(1, 1e6, labels, seed),
                seed -> new LabelShards(20, 3, labels, seed), seed -> new LabelShards(503, 1, labels, seed),
                seed -> new PowerLawSizes(20, 1.5, seed), seed -> new PowerLawSizes(503, 3, seed),
                seed -> new PowerLawSizes(50, 0, seed));
    }

    @ParameterizedTest
    @MethodSource("partitioners")
    void eachRowIsAtOneClientAndEachClientHasOne(Function<Seed, Partitioner> partitioner) {
        for (int seed = 0; seed < 50; seed++) {
            SortedMap<String, int[]> parts = partitioner.apply(new Seed(seed)).rows(503);

            assertThat(parts.values().stream().flatMapToInt(Arrays::stream).sorted().toArray())
                    .isEqualTo(IntStream.range(0, 503).toArray());
            assertThat(parts.values()).allSatisfy(part -> assertThat(part).isSorted().isNotEmpty());
        }
    }

    @Test
    void theSeedAloneDecides() {
        double[] labels = labels(500, 10);
        List<Function<Seed, Partitioner>> all = List.of(seed -> new DirichletLabels(20, 1, labels, seed),
                seed -> new LabelShards(20, 2, labels, seed), seed -> new PowerLawSizes(20, 1, seed));
        assertThat(all).allSatisfy(partitioner -> {
            int[] first = partitioner.apply(new Seed(1)).rows(500).get("client-07");
            assertThat(partitioner.apply(new Seed(1)).rows(500).get("client-07")).isEqualTo(first);
            assertThat(partitioner.apply(new Seed(2)).rows(500).get("client-07")).isNotEqualTo(first);
        });
    }

    // ---- Dirichlet

    @Test
    void dirichletGivesEachClientAsManyRows() {
        SortedMap<String, int[]> parts = new DirichletLabels(10, 0.3, labels(103, 5), new Seed(1)).rows(103);
        assertThat(parts.values()).extracting(part -> part.length).containsExactly(11, 11, 11, 10, 10, 10, 10, 10, 10,
                10);
    }

    /**
     * Clients are served in random order, so the share of a label at client 1 has the mean p over seeds. Of 2,000 seeds the
     * mean is within 5 standard errors but for a chance below 1e-6 a check.
     */
    @Test
    void dirichletsExpectedShareOfEachLabelIsThatOfAllRows() {
        double[] labels = IntStream.range(0, 400).mapToDouble(row -> row % 10 < 6 ? 0 : row % 10 < 9 ? 1 : 2).toArray();
        double[] expected = {0.6, 0.3, 0.1};
        for (double alpha : new double[]{0.1, 1, 10}) {
            double[][] shares = new double[3][2000];
            for (int seed = 0; seed < 2000; seed++) {
                int[] rows = new DirichletLabels(20, alpha, labels, new Seed(seed)).rows(400).get("client-01");
                for (int label = 0; label < 3; label++) {
                    shares[label][seed] = share(rows, labels, label);
                }
            }
            for (int label = 0; label < 3; label++) {
                double mean = Arrays.stream(shares[label]).average().orElseThrow();
                double variance = Arrays.stream(shares[label]).map(x -> (x - mean) * (x - mean)).sum() / 1999;
                assertThat(mean).as("label %s, alpha %s", label, alpha)
                        .isCloseTo(expected[label], within(5 * Math.sqrt(variance / 2000)));
            }
        }
    }

    /**
     * With so many rows that none runs out at the first client that is served, the share of a label has the variance
     * {@code p (1 - p) / (A + 1)} of the Dirichlet distribution with A = 2 α, and that of drawing n rows by it besides: {@code (1 + A/n)}
     * times as much. Of 4,000 seeds the sample variance is within 12 % but for a chance below 1e-6.
     */
    @Test
    void dirichletsSpreadIsThatOfItsAlpha() {
        double[] labels = labels(10_000, 2);
        double sum = 2;
        double[] shares = IntStream.range(0, 4000).mapToDouble(seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            double first = Math.exp(Draws.logGamma(sum / 2, random));
            return first / (first + Math.exp(Draws.logGamma(sum / 2, random)));
        }).toArray();
        assertThat(variance(shares)).isCloseTo(0.25 / (sum + 1), within(0.12 * 0.25 / (sum + 1)));

        double[] dealt = IntStream.range(0, 400)
                .mapToDouble(seed -> share(new DirichletLabels(500, sum / 2, labels, new Seed(seed)).rows(10_000)
                        .get("client-250"), labels, 0))
                .toArray();
        double expected = 0.25 / (sum + 1) * (1 + sum / 20);
        assertThat(variance(dealt)).as("5 of its standard errors").isCloseTo(expected, within(0.36 * expected));
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1);
    }

    @Test
    void dirichletOfALargeAlphaIsNearIidAndOfASmallOneNearOneLabelAClient() {
        double[] labels = labels(2000, 10);
        double meanOfSmall = 0;
        for (int seed = 0; seed < 20; seed++) {
            SortedMap<String, int[]> alike = new DirichletLabels(10, 1e6, labels, new Seed(seed)).rows(2000);
            // 200 of 2000 rows with shares of 0.1: a deviation of 0.02; beyond six of them once in 1e9
            assertThat(alike.values()).allSatisfy(
                    part -> assertThat(share(part, labels, 3)).isCloseTo(0.1, within(0.12)));

            SortedMap<String, int[]> apart = new DirichletLabels(10, 1e-4, labels, new Seed(seed)).rows(2000);
            meanOfSmall += apart.values().stream().mapToLong(part -> distinct(part, labels)).sum() / 200.0;
        }
        // ten clients of 200 rows want ten labels of 200 rows, often the same one: who comes later takes from what is left
        assertThat(meanOfSmall).isBetween(1.0, 2.0);
    }

    @Test
    void dirichletByHandIfOneLabelIsLeft() {
        assertThat(new DirichletLabels(2, 1, new double[]{7, 7, 7}, new Seed(1)).rows(3).values())
                .extracting(part -> part.length).containsExactly(2, 1);
    }

    @Test
    void dirichletRefusesWhatItCannotDivide() {
        double[] labels = labels(3, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> new DirichletLabels(4, 1, labels, new Seed(1)).rows(3))
                .withMessageContainingAll("3 rows to 4 clients", "at most 3 clients");
        assertThatIllegalArgumentException().isThrownBy(() -> new DirichletLabels(2, 1, labels, new Seed(1)).rows(4));
        assertThatIllegalArgumentException().isThrownBy(() -> new DirichletLabels(2, 0, labels, new Seed(1)))
                .withMessageContaining("expected a number above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DirichletLabels(2, Double.NaN, labels, new Seed(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new DirichletLabels(0, 1, labels, new Seed(1)));
    }

    /** The mean of log G is digamma(shape): -0.5772 for 1, and -1.9635 for 1/2. 5 standard errors, each 0.01 or less. */
    @Test
    void gammaNumbersHaveTheMeanOfTheirLogarithm() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(IntStream.range(0, 50_000).mapToDouble(i -> Draws.logGamma(1, random)).average().orElseThrow())
                .isCloseTo(-0.57722, within(0.03));
        assertThat(IntStream.range(0, 50_000).mapToDouble(i -> Draws.logGamma(0.5, random)).average().orElseThrow())
                .isCloseTo(-1.96351, within(0.05));
        assertThat(IntStream.range(0, 50_000).mapToDouble(i -> Draws.logGamma(4, random)).average().orElseThrow())
                .isCloseTo(1.25612, within(0.02));
    }

    // ---- shards

    @Test
    void shardsByHand() {
        double[] labels = {1, 0, 1, 0, 2, 2, 0, 1};
        // sorted: rows 1 3 6 0 2 7 4 5, cut into (1 3) (6 0) (2 7) (4 5), of which each client has one
        assertThat(new LabelShards(4, 1, labels, new Seed(1)).rows(8).values())
                .containsExactlyInAnyOrder(new int[]{1, 3}, new int[]{0, 6}, new int[]{2, 7}, new int[]{4, 5});
    }

    @Test
    void aClientHasNoMoreLabelsThanShards() {
        double[] labels = labels(1000, 10); // 20 shards of 50, and 100 rows a label: no shard has two
        for (int seed = 0; seed < 100; seed++) {
            assertThat(new LabelShards(10, 2, labels, new Seed(seed)).rows(1000).values())
                    .allSatisfy(part -> {
                        assertThat(part).hasSize(100);
                        assertThat(distinct(part, labels)).isBetween(1L, 2L);
                    });
        }
    }

    @Test
    void shardsThatLabelsDoNotFillHaveAtMostOneMoreForEachLabel() {
        double[] labels = labels(1003, 10);
        for (int seed = 0; seed < 100; seed++) {
            SortedMap<String, int[]> parts = new LabelShards(13, 2, labels, new Seed(seed)).rows(1003);
            assertThat(parts.values().stream().mapToLong(part -> distinct(part, labels)).sum())
                    .isLessThanOrEqualTo(13 * 2 + 9);
            assertThat(parts.values()).allSatisfy(part -> assertThat(part.length).isBetween(76, 78));
        }
    }

    @Test
    void shardsAreRefusedIfThereAreTooFewRows() {
        double[] labels = labels(150, 10);
        assertThatIllegalArgumentException().isThrownBy(() -> new LabelShards(100, 2, labels, new Seed(1)).rows(150))
                .withMessageContainingAll("150 rows into 200 shards", "at most 1 for each, or at most 75 clients");
        assertThatIllegalArgumentException().isThrownBy(() -> new LabelShards(151, 1, labels, new Seed(1)).rows(150));
        assertThatIllegalArgumentException().isThrownBy(() -> new LabelShards(1, 0, labels, new Seed(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new LabelShards(1, 1, labels, new Seed(1)).rows(149));
    }

    // ---- sizes

    @Test
    void sizesByHand() {
        assertThat(sizes(4, 1, 29)).as("25 by 12, 6, 4, 3, and one for each").containsExactly(13, 7, 5, 4);
        assertThat(sizes(3, 2, 10)).as("7 by 36/7, 9/7, 4/7, rounded to 5, 1, 1").containsExactly(6, 2, 2);
        assertThat(sizes(3, 0, 11)).as("8 by 8/3 each").containsExactly(4, 4, 3);
        assertThat(sizes(3, 1000, 11)).containsExactly(9, 1, 1);
    }

    private static List<Integer> sizes(int clients, double exponent, int rows) {
        return new PowerLawSizes(clients, exponent, new Seed(5)).rows(rows).values().stream().map(part -> part.length)
                .toList();
    }

    @Test
    void sizesDoNotGrowWithTheRank() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 300; i++) {
            int clients = 1 + random.nextInt(60);
            List<Integer> sizes = sizes(clients, random.nextDouble() * 3, clients + random.nextInt(500));
            assertThat(sizes).isSortedAccordingTo((a, b) -> Integer.compare(b, a));
        }
    }

    @Test
    void sizesThatCannotBeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PowerLawSizes(11, 1, new Seed(1)).rows(10))
                .withMessageContaining("at most 10 clients");
        assertThatIllegalArgumentException().isThrownBy(() -> new PowerLawSizes(3, -0.1, new Seed(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new PowerLawSizes(3, Double.NaN, new Seed(1)));
    }
}
