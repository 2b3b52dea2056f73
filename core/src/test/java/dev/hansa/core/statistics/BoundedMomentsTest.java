package dev.hansa.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.DataException;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Preprocessing.Scale;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.question.Standardising;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Both halves of what is asked so that numbers of a private run can be standardised. */
class BoundedMomentsTest {
    private static final Schema SCHEMA = RandomTables.REGRESSION;
    private static final Map<String, Bounds> BOUNDS = Map.of("age", new Bounds(0, 100), "ratio", new Bounds(-1, 2),
            "price", new Bounds(0, 400_000));

    private static Standardising asked(boolean ofRows, double noise, boolean own) {
        return new Standardising(new TreeMap<>(BOUNDS), ofRows, noise, own);
    }

    private static RandomBytes random(long seed) {
        return new SeededBytes(new Seed(seed));
    }

    private static Table with(Table table, int row, double... values) {
        double[][] features = Arrays.stream(table.features()).map(double[]::clone).toArray(double[][]::new);
        double[] labels = table.labels().clone();
        features[0][row] = values[0];
        features[1][row] = values[1];
        labels[row] = values[2];
        return new Table(SCHEMA, features, labels, table.heldOut());
    }

    private static double distance(long[] one, long[] other) {
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            squares += Math.pow((double) (one[i] - other[i]), 2);
        }
        return Math.sqrt(squares);
    }

    @Test
    void noParticipantMovesTheAnswerByMoreThanIsCharged() {
        SplittableRandom random = new SplittableRandom(4);
        double farthest = 0;
        for (int trial = 0; trial < 200; trial++) {
            Table table = RandomTables.of(SCHEMA, 6 + random.nextInt(20), trial);
            double[] extreme = random.doubles(3, -1, 1).map(value -> Math.copySign(Math.pow(10, 20 * value), value))
                    .toArray();
            Table changed = with(table, random.nextInt(table.rows()), extreme);
            for (Standardising asked : List.of(asked(true, 1, false), asked(false, 1, false))) {
                long[] answer = BoundedMoments.of(asked, changed, random(0));
                assertThat(distance(BoundedMoments.of(asked, table, random(0)), answer))
                        .as("one row for another").isLessThanOrEqualTo(2 * asked.norm());
                if (!asked.ofRows()) {
                    double norm = distance(answer, new long[answer.length]);
                    assertThat(norm).as("all rows of a client").isLessThanOrEqualTo(asked.norm());
                    farthest = Math.max(farthest, norm / asked.norm());
                }
            }
        }
        Table atBounds = with(RandomTables.of(SCHEMA, 1, 0), 0, 1e9, -1e9, 1e9);
        assertThat(distance(BoundedMoments.of(asked(true, 1, true), atBounds, random(1)), new long[6]))
                .as("noise of the client's own").isNotEqualTo(0);
        assertThat(farthest).as("the bound is not a loose one").isGreaterThan(0.3);
    }

    @Test
    void oneRowAtItsBoundsIsAsLongAsTheNorm() {
        Standardising rows = asked(true, 1, false);
        Table five = RandomTables.of(SCHEMA, 5, 1);
        for (int row = 0; row < 5; row++) {
            five = with(five, row, 1e9, 1e9, -1e9);
        }
        long[] answer = BoundedMoments.of(rows, five, random(0));
        assertThat(distance(answer, new long[6]) / 5).isCloseTo(rows.norm(), within(1e-5 * rows.norm()))
                .isLessThanOrEqualTo(rows.norm());
    }

    @Test
    void withHardlyAnyNoiseScalesAreThoseOfPlainStatistics() {
        List<Table> tables = List.of(RandomTables.of(SCHEMA, 400, 1), RandomTables.of(SCHEMA, 400, 2));
        Map<String, Scale> plain = byName(Preprocessing.standardising(SCHEMA,
                TableStatistics.of(tables.get(0)).plus(TableStatistics.of(tables.get(1)))));
        for (boolean ofRows : new boolean[]{true, false}) {
            for (boolean own : new boolean[]{true, false}) {
                Standardising asked = asked(ofRows, 1e-7, own);
                MomentsSum sum = new MomentsSum(asked);
                for (int i = 0; i < tables.size(); i++) {
                    long[] answer = BoundedMoments.of(asked, tables.get(i), random(i));
                    assertThat(sum.problem(answer, 400)).isEmpty();
                    sum.add(answer);
                }
                Map<String, Scale> hidden = sum.scales(ofRows ? 800 : 2, random(9));
                plain.forEach((column, scale) -> {
                    assertThat(hidden.get(column).mean()).isCloseTo(scale.mean(), within(1e-3 * scale.deviation()));
                    assertThat(hidden.get(column).deviation()).isCloseTo(scale.deviation(),
                            within(1e-3 * scale.deviation()));
                });
            }
        }
    }

    private static Map<String, Scale> byName(Preprocessing of) {
        return Map.of("age", of.features().get(0), "ratio", of.features().get(1), "price", of.label());
    }

    @Test
    void noiseIsOfTheDeviationThatIsCharged() {
        Standardising asked = asked(false, 3, true);
        Table table = RandomTables.of(SCHEMA, 10, 1);
        long[] plain = BoundedMoments.of(asked(false, 3, false), table, random(0));
        double squares = 0;
        int plays = 500;
        for (int play = 0; play < plays; play++) {
            squares += Math.pow(distance(BoundedMoments.of(asked, table, random(play)), plain), 2);
        }
        double deviation = Math.sqrt(squares / plays / plain.length);
        assertThat(deviation).as("of 3000 draws: 5 deviations are 6.5 %").isCloseTo(asked.deviation(),
                within(0.065 * asked.deviation()));
    }

    /** Noise of ten times what there is to tell: whatever comes out, numbers stay within what a model can learn from. */
    @Test
    void howeverMuchNoiseThereIsScalesAreSane() {
        Standardising asked = asked(false, 100, false);
        MomentsSum sum = new MomentsSum(asked);
        for (int client = 0; client < 10; client++) {
            sum.add(BoundedMoments.of(asked, RandomTables.of(SCHEMA, 30, client), random(0)));
        }
        int atMost = 0;
        for (int draw = 0; draw < 300; draw++) {
            for (Map.Entry<String, Scale> scale : sum.scales(10, random(draw)).entrySet()) {
                Bounds bounds = BOUNDS.get(scale.getKey());
                assertThat(scale.getValue().mean()).isBetween(bounds.low(), bounds.high());
                assertThat(scale.getValue().deviation()).isBetween(1e-3 * bounds.width(), 0.5 * bounds.width());
                atMost += scale.getValue().deviation() == 0.5 * bounds.width() ? 1 : 0;
            }
        }
        assertThat(atMost).as("noise says nothing, so the widest is taken").isEqualTo(900);
    }

    @Test
    void aVarianceThatNoiseMadeNegativeIsItsNoise() {
        Standardising asked = asked(false, 0.01, false);
        MomentsSum sum = new MomentsSum(asked);
        long[] constant = new long[6]; // in the middle, where the squares of twice the place less ½ are -½
        for (int i = 1; i < 6; i += 2) {
            constant[i] = -Standardising.ONE / 2;
        }
        sum.add(constant);
        double noise = asked.deviation() / Standardising.ONE;
        int floors = 0;
        for (int draw = 0; draw < 100; draw++) {
            Scale age = sum.scales(1, random(draw)).get("age");
            double least = 100 * Math.sqrt(noise) / 2;
            assertThat(age.deviation()).isGreaterThanOrEqualTo(least * (1 - 1e-9));
            floors += age.deviation() < least * 1.01 ? 1 : 0;
        }
        assertThat(floors).as("about the half are negative").isBetween(30, 99);
    }

    @Test
    void answersThatNoRowsHaveAreRefused() {
        MomentsSum means = new MomentsSum(asked(false, 1, false));
        long half = Standardising.ONE / 2;
        assertThat(means.problem(new long[]{half, -half, 0, 0, 0, 0}, 9)).isEmpty();
        assertThat(means.problem(new long[]{half + 1, 0, 0, 0, 0, 0}, 9)).get().asString().contains("between");
        assertThat(means.problem(new long[]{0, 0, 0, Long.MIN_VALUE, 0, 0}, 9)).isPresent();
        assertThat(means.problem(new long[5], 9)).get().asString().contains("5 numbers", "expected 6");
        MomentsSum sums = new MomentsSum(asked(true, 1, false));
        assertThat(sums.problem(new long[]{9 * half, 0, 0, 0, 0, 0}, 9)).isEmpty();
        assertThat(sums.problem(new long[]{9 * half + 1, 0, 0, 0, 0, 0}, 9)).isPresent();
    }

    @Test
    void aFewRowsApartFromABoundAreNotToldOfWithoutNoise() {
        Table table = RandomTables.of(SCHEMA, 20, 1);
        Map<String, Bounds> narrow = new TreeMap<>(BOUNDS);
        double greatest = Arrays.stream(table.features()[0]).max().getAsDouble();
        narrow.put("age", new Bounds(greatest - 1e-9, greatest + 1));
        assertThatThrownBy(() -> BoundedMoments.of(new Standardising(new TreeMap<>(narrow), false, 1, false), table,
                random(0))).isInstanceOf(DataException.class).hasMessageContaining("apart from a bound");
        assertThat(BoundedMoments.of(new Standardising(new TreeMap<>(narrow), false, 1, true), table, random(0)))
                .hasSize(6);
    }

    @Test
    void otherColumnsAndNoiseThatDrownsAllAreRefused() {
        assertThatThrownBy(() -> asked(false, 0, true)).hasMessageContaining("greater than 0");
        assertThatThrownBy(() -> asked(false, 1e7, true)).hasMessageContaining("drowns everything");
        assertThatThrownBy(() -> new Standardising(new TreeMap<>(), false, 1, true)).hasMessageContaining("no column");
        Standardising one = new Standardising(new TreeMap<>(Map.of("age", new Bounds(0, 1))), false, 1, true);
        assertThatThrownBy(() -> one.check(SCHEMA)).hasMessageContaining("[age, price, ratio]");
        assertThatThrownBy(() -> new Bounds(1, 1)).hasMessageContaining("smaller one first");
    }
}
