package dev.hansa.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.data.DataException;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Part;
import dev.hansa.core.question.Question;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final long ROW = Question.ROW;
    private final RandomBytes random = new SeededBytes(new Seed(1));

    private static long[] exact(Table table, Noise noise) {
        return Tally.of(new Question(Tables.ASKED, noise), table, new SeededBytes(new Seed(1)));
    }

    @Test
    void sumsAreThoseByHand() {
        double[] values = {0, 25, 50, 75, 100, 50, 0, 25, 50, 75, 100, 50};
        double[] ones = new double[12];
        Arrays.fill(ones, 1);
        Table table = Tables.table(values, ones);

        long[] numbers = exact(table, Noise.NONE);

        // Twice places -½, -¼, 0, ¼, ½, 0; squares of twice that 1, ¼, 0, ¼, 1, 0, each less ½. Cells of few rows are left out.
        assertThat(numbers).startsWith(12 * ROW, 0, 5 * ROW - 6 * ROW).endsWith(0, 12 * ROW, 0, 0);
        assertThat(Arrays.copyOfRange(numbers, 3, 13)).containsOnly(0);
    }

    @Test
    void valuesBeyondTheBoundsCountAsTheBounds() {
        double[] groups = new double[15];
        double[] far = {-1e300, -3, -3, -3, -3, 1e300, 101, 101, 101, 101, 50, 50, 50, 50, 50};
        double[] near = {0, 0, 0, 0, 0, 100, 100, 100, 100, 100, 50, 50, 50, 50, 50};
        Table beyond = Tables.table(far, groups);
        Table within = Tables.table(near, groups);

        assertThat(exact(beyond, Noise.NONE)).containsExactly(exact(within, Noise.NONE));
    }

    /** All but one stand at the lower bound, so their sum is that one. */
    @Test
    void aRowThatIsAloneApartFromABoundIsNotGivenAway() {
        double[] values = new double[20];
        values[7] = 42;
        Table table = Tables.table(values, new double[20]);
        assertThatThrownBy(() -> exact(table, Noise.NONE)).isInstanceOf(DataException.class)
                .hasMessageContaining("so few rows are apart from a bound");
        double[] many = new double[200];
        many[7] = 42;
        assertThatThrownBy(() -> exact(Tables.table(many, new double[200]), new Noise(By.COORDINATOR, 1, 0)))
                .isInstanceOf(DataException.class).hasMessageContaining("so few rows are apart from a bound");
    }

    @Test
    void oneRowMovesNoPartByMoreThanItsSensitivity() {
        Noise central = new Noise(By.COORDINATOR, 1, 0);
        Question question = new Question(Tables.ASKED, central);
        double[] reached = new double[question.parts().size()];
        for (int seed = 0; seed < 300; seed++) {
            Table with = Tables.random(100, seed);
            double extreme = seed % 2 == 0 ? 1e9 : -1e9;
            with.features()[0][seed % 100] = seed % 3 == 0 ? extreme : with.features()[0][seed % 100];
            Table without = with.select(IntStream.range(0, 100).filter(row -> row != 99).toArray());
            with.features()[0][99] = seed % 3 == 0 ? extreme : with.features()[0][99];

            long[] more = exact(with, central);
            long[] fewer = exact(without, central);

            for (int i = 0; i < reached.length; i++) {
                Part part = question.parts().get(i);
                double moved = distance(part, more, fewer);
                assertThat(moved).isLessThanOrEqualTo(part.kind().sensitivity());
                reached[i] = Math.max(reached[i], moved / part.kind().sensitivity());
            }
        }
        assertThat(reached).containsOnly(1.0); // the bounds are the least
    }

    @Test
    void allRowsOfAClientMoveNoPartByMoreThanSoManyTimesAsMuch() {
        Noise central = new Noise(By.COORDINATOR, 1, 120);
        Question question = new Question(Tables.ASKED, central);
        double[] highest = new double[500];
        Arrays.fill(highest, 1e9);

        long[] numbers = exact(Tables.table(highest, new double[500]), central);

        assertThat(numbers[0]).isEqualTo(120 * ROW);
        for (Part part : question.parts()) {
            assertThat(distance(part, numbers, new long[numbers.length])).isEqualTo(120 * part.kind().sensitivity());
        }
    }

    private static double distance(Part part, long[] one, long[] other) {
        return Math.sqrt(IntStream.range(part.from(), part.from() + part.size())
                .mapToDouble(i -> (double) (one[i] - other[i]) / ROW).map(moved -> moved * moved).sum());
    }

    @Test
    void noCellOfFewerThanFiveRowsIsToldAndNoneFollowsFromTheRest() {
        int leftOut = 0;
        for (int seed = 0; seed < 500; seed++) {
            int rows = 5 + seed % 60;
            Table table = Tables.random(rows, seed);
            double[] ages = table.features()[0];
            Arrays.setAll(ages, row -> ages[row] > 0 && ages[row] < 100 ? ages[row] : 50); // none is alone at a bound
            long[] numbers = exact(table, Noise.NONE);
            for (int[] cells : new int[][]{{3, 13}, {13, 17}}) {
                long told = 0;
                for (int i = cells[0]; i < cells[1]; i++) {
                    assertThat(numbers[i] == 0 || numbers[i] >= 5 * ROW).isTrue();
                    told += numbers[i];
                }
                assertThat(numbers[0] - told).matches(hidden -> hidden == 0 || hidden >= 5 * ROW);
                leftOut += numbers[0] > told ? 1 : 0;
            }
        }
        assertThat(leftOut).isBetween(200, 999);
    }

    @Test
    void fourRowsAreNotToldOf() {
        assertThatThrownBy(() -> exact(Tables.random(4, 1), Noise.NONE)).isInstanceOf(DataException.class)
                .hasMessage(
                        "there are fewer than 5 rows to tell of, the least for sums over them not to give them away");
        assertThatThrownBy(() -> exact(Tables.random(4, 1), new Noise(By.CLIENTS, 1, 0)))
                .isInstanceOf(DataException.class);
        assertThat(exact(Tables.random(5, 1), Noise.NONE)).startsWith(5 * ROW);
    }

    @Test
    void whereOthersAddTheNoiseThereAreFiveRowsForEachNumber() {
        Noise central = new Noise(By.COORDINATOR, 1, 0);

        assertThat(exact(Tables.random(85, 1), central)).hasSize(17).startsWith(85 * ROW);
        assertThatThrownBy(() -> exact(Tables.random(84, 1), central)).isInstanceOf(DataException.class)
                .hasMessageContaining("fewer than 85 rows").hasMessageContaining("17 numbers");
    }

    @Test
    void noiseOfAClientIsOfTheStatedDeviation() {
        Noise local = new Noise(By.CLIENTS, 4, 0);
        Question question = new Question(Tables.ASKED, local);
        long[] none = exact(Tables.random(500, 3), new Noise(By.COORDINATOR, 4, 0));
        double[] squares = new double[question.numbers()];
        int tries = 4000;
        for (int i = 0; i < tries; i++) {
            long[] noisy = Tally.of(question, Tables.random(500, 3), random);
            for (int j = 0; j < squares.length; j++) {
                squares[j] += Math.pow((double) (noisy[j] - none[j]) / ROW, 2) / tries;
            }
        }
        for (Part part : question.parts()) {
            double expected = Math.pow(4 * part.kind().sensitivity(), 2);
            for (int i = part.from(); i < part.from() + part.size(); i++) { // 5 deviations of a mean of 4,000 squares
                assertThat(squares[i] / expected).isBetween(1 - 5 * Math.sqrt(2.0 / tries),
                        1 + 5 * Math.sqrt(2.0 / tries));
            }
        }
    }

    @Test
    void noiseBeyondWhatSamplersDrawIsOnACoarserGrid() {
        Noise large = new Noise(By.CLIENTS, 100, 100_000);
        GridNoise rows = new GridNoise(new Part(Part.Kind.ROWS, -1, 0, 1), large);

        assertThat(rows.deviation()).isBetween(1e7, 1e7 * (1 + 1e-8));
        long[] numbers = Tally.of(new Question(Tables.ASKED, large), Tables.random(50, 1), random);
        assertThat(Math.abs(numbers[0])).isGreaterThan(ROW * 1000);
        assertThat(numbers[0] % (1 << 15)).isZero();
        assertThatThrownBy(() -> new Noise(By.CLIENTS, 1000, 100_000)).hasMessageContaining("drown everything");
    }

    @Test
    void aQuestionThatDoesNotFitTheColumnsIsRefused() {
        Question twoNumbers = new Question(
                Arrays.asList(new Asked.Numbers(0, 1, 1, 0), new Asked.Numbers(0, 1, 1, 0)), Noise.NONE);

        assertThatThrownBy(() -> Tally.of(twoNumbers, Tables.random(9, 1), random))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("the column group");
        assertThatThrownBy(() -> new Asked.Numbers(1, 1, 1, 0)).hasMessageContaining("the smaller one first");
        assertThatThrownBy(() -> new Asked.Numbers(-1e308, 1e308, 1, 0)).hasMessageContaining("finite");
        assertThatThrownBy(() -> new Asked.Numbers(0, 1, 1, 1001)).hasMessageContaining("from 2 to 1000");
        assertThatThrownBy(() -> new Noise(By.CLIENTS, 0, 0)).hasMessageContaining("greater than 0");
    }
}
