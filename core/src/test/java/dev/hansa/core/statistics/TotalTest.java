package dev.hansa.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.data.Table;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Part;
import dev.hansa.core.question.Question;
import dev.hansa.core.statistics.Answer.Estimate;
import dev.hansa.core.statistics.Answer.Named;
import dev.hansa.core.statistics.Answer.OfColumn;
import dev.hansa.core.statistics.Answer.Quantile;
import dev.hansa.core.statistics.Survey.Minimum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TotalTest {
    private static final Minimum LEAST = new Minimum(1, 5, 5);
    private static final int CLIENTS = 4;
    private static final List<Table> TABLES =
            IntStream.range(0, CLIENTS).mapToObj(client -> Tables.random(300 + client, client)).toList();

    private static Optional<Answer> ask(Survey survey, List<Table> tables, RandomBytes random) {
        Total total = new Total(survey.question());
        tables.forEach(table -> assertThat(total.add(Tally.of(survey.question(), table, random))).isEmpty());
        return total.answer(survey, random);
    }

    private static Estimate value(OfColumn column, String name) {
        return column.values().stream().filter(value -> value.name().equals(name)).map(Named::estimate).findFirst()
                .orElseThrow();
    }

    private static double[] clamped() {
        return TABLES.stream().flatMapToDouble(table -> Arrays.stream(table.features()[0]))
                .map(age -> Math.min(100, Math.max(0, age))).sorted().toArray();
    }

    @Test
    void withoutNoiseTheAnswerIsThatOfAllRowsTogether() {
        Answer answer = ask(Tables.survey(Noise.NONE, LEAST), TABLES, new SeededBytes(new Seed(1))).orElseThrow();

        double[] ages = clamped();
        double mean = DoubleStream.of(ages).average().orElseThrow();
        double variance = DoubleStream.of(ages).map(age -> (age - mean) * (age - mean)).average().orElseThrow();
        OfColumn age = answer.columns().get(0);
        assertThat(answer.clients()).isEqualTo(CLIENTS);
        assertThat(answer.rows()).isEqualTo(new Estimate(ages.length, 0));
        assertThat(value(age, "sum").value()).isCloseTo(DoubleStream.of(ages).sum(), within(1e-4));
        assertThat(value(age, "mean")).isEqualTo(new Estimate(value(age, "mean").value(), 0));
        assertThat(value(age, "mean").value()).isCloseTo(mean, within(1e-7));
        assertThat(value(age, "variance").value()).isCloseTo(variance, within(1e-5));
        assertThat(value(age, "deviation").value()).isCloseTo(Math.sqrt(variance), within(1e-6));
        assertThat(age.cells().get(3).name()).isEqualTo("30 to 40");
        assertThat(age.cells().get(3).rows()).contains(
                new Estimate(DoubleStream.of(ages).filter(a -> a >= 30 && a < 40).count(), 0));
        double groupB = TABLES.stream().flatMapToDouble(table -> Arrays.stream(table.labels())).filter(g -> g == 2)
                .count();
        assertThat(answer.columns().get(1).cells().get(2).rows()).contains(new Estimate(groupB, 0));
    }

    @Test
    void cellsThatClientsLeftOutAreNoCertainNumbers() {
        Survey survey = Tables.survey(Noise.NONE, LEAST);
        Total total = new Total(survey.question());
        Question question = survey.question();
        for (int client = 0; client < 2; client++) { // the first tells all of its rows, the second not of two
            long[] numbers = new long[question.numbers()];
            for (Part part : question.parts()) {
                if (part.kind() == Part.Kind.CELLS) {
                    numbers[part.from()] = 10 * Question.ROW;
                }
            }
            numbers[0] = (10 + 2L * client) * Question.ROW;
            assertThat(total.add(numbers)).isEmpty();
        }
        List<Answer.Cell> cells = total.answer(survey, new SeededBytes(new Seed(1))).orElseThrow().columns().get(0)
                .cells();

        assertThat(cells.get(0).rows()).contains(new Estimate(20, 0));
        assertThat(cells.get(0).leftOutBy()).as("both told of some there").isZero();
        assertThat(cells.subList(1, cells.size())).allSatisfy(cell -> {
            assertThat(cell.rows()).as("nobody knows that there is none").isEmpty();
            assertThat(cell.leftOutBy()).isEqualTo(1);
        });
    }

    /** Rows of one client are there, and not told: that others have left out theirs is not why. */
    @Test
    void cellsThatAreNotToldForFewClientsSayNothingOfThoseWhoToldNone() {
        Survey survey = Tables.survey(Noise.NONE, new Minimum(2, 5, 5));
        Question question = survey.question();
        Total total = new Total(question);
        for (int client = 0; client < 3; client++) { // only the first has rows in the first cell, and all leave out two
            long[] numbers = new long[question.numbers()];
            numbers[0] = 22 * Question.ROW;
            for (Part part : question.parts()) {
                if (part.kind() == Part.Kind.CELLS) {
                    numbers[part.from() + (client == 0 ? 0 : 1)] = 20 * Question.ROW;
                }
            }
            assertThat(total.add(numbers)).isEmpty();
        }
        Answer.Cell few = total.answer(survey, new SeededBytes(new Seed(1))).orElseThrow().columns().get(0).cells()
                .get(0);

        assertThat(few.rows()).isEmpty();
        assertThat(few.leftOutBy()).isZero();
    }

    @Test
    void quantilesAreWithinTheCellsWhereTheyLie() {
        Answer answer = ask(Tables.survey(Noise.NONE, LEAST), TABLES, new SeededBytes(new Seed(1))).orElseThrow();

        double[] ages = clamped();
        assertThat(answer.columns().get(0).quantiles()).extracting(Quantile::part).containsExactly(0.25, 0.5, 0.9);
        for (Quantile quantile : answer.columns().get(0).quantiles()) {
            double exact = ages[(int) Math.ceil(quantile.part() * ages.length) - 1];
            assertThat(exact).isBetween(quantile.low(), quantile.high());
            assertThat(quantile.value()).isBetween(quantile.low(), quantile.high()).isCloseTo(exact, within(5.0));
        }
    }

    /** All are right on average, and as far off as they say: 2,000 answers, 5 standard errors of their mean and spread. */
    @ParameterizedTest
    @EnumSource(value = By.class, names = {"CLIENTS", "COORDINATOR"})
    void noisyAnswersAreRightOnAverageAndAsFarOffAsStated(By by) {
        Survey survey = Tables.survey(new Noise(by, 5, 0), LEAST);
        Answer exact = ask(Tables.survey(Noise.NONE, LEAST), TABLES, new SeededBytes(new Seed(1))).orElseThrow();
        RandomBytes random = new SeededBytes(new Seed(7));
        List<Function<Answer, Estimate>> values = new ArrayList<>(List.of(Answer::rows));
        for (String name : List.of("sum", "mean", "variance", "deviation")) {
            values.add(answer -> value(answer.columns().get(0), name));
        }
        values.add(answer -> answer.columns().get(0).cells().get(3).rows().orElseThrow());
        values.add(answer -> answer.columns().get(1).cells().get(0).rows().orElseThrow());
        int tries = 2000;
        double[] means = new double[values.size()];
        double[] spreads = new double[values.size()];
        int covered = 0;
        double[] ages = clamped();
        for (int i = 0; i < tries; i++) {
            Answer noisy = ask(survey, TABLES, random).orElseThrow();
            for (int j = 0; j < means.length; j++) {
                Estimate told = values.get(j).apply(noisy);
                double off = (told.value() - values.get(j).apply(exact).value()) / told.error();
                means[j] += off / tries;
                spreads[j] += off * off / tries;
            }
            Quantile median = noisy.columns().get(0).quantiles().get(1);
            double rank = ages[(ages.length + 1) / 2 - 1];
            covered += rank >= median.low() && rank <= median.high() ? 1 : 0;
        }
        for (int j = 0; j < means.length; j++) {
            assertThat(means[j]).as("value %d on average", j).isCloseTo(0, within(5 / Math.sqrt(tries)));
            assertThat(spreads[j]).as("spread of value %d", j).isCloseTo(1, within(5 * Math.sqrt(2.0 / tries)));
        }
        assertThat(covered).isGreaterThanOrEqualTo(tries * 95 / 100);
    }

    @Test
    void noiseOfEachClientAddsUp() {
        double once = ask(Tables.survey(new Noise(By.COORDINATOR, 5, 0), LEAST), TABLES,
                new SeededBytes(new Seed(1))).orElseThrow().rows().error();
        double each = ask(Tables.survey(new Noise(By.CLIENTS, 5, 0), LEAST), TABLES, new SeededBytes(new Seed(1)))
                .orElseThrow().rows().error();

        assertThat(once).isCloseTo(5, within(1e-9));
        assertThat(each).isCloseTo(5 * Math.sqrt(CLIENTS), within(1e-9));
    }

    @Test
    void ofFewerClientsOrRowsThanTheMinimumNothingIsPublished() {
        RandomBytes random = new SeededBytes(new Seed(1));

        assertThat(ask(Tables.survey(Noise.NONE, new Minimum(5, 5, 5)), TABLES, random)).isEmpty();
        assertThat(ask(Tables.survey(Noise.NONE, new Minimum(4, 1207, 5)), TABLES, random)).isEmpty();
        assertThat(ask(Tables.survey(Noise.NONE, new Minimum(4, 1206, 5)), TABLES, random)).isPresent();
    }

    @Test
    void cellsOfFewRowsOrOfOneClientAloneAreNotPublished() {
        Table first = Tables.table(groups(40), groups(40));
        double[] onlyHere = groups(40);
        Arrays.fill(onlyHere, 0, 20, 3);
        Table second = Tables.table(groups(40), onlyHere);

        OfColumn group = ask(Tables.survey(Noise.NONE, new Minimum(2, 5, 5)), List.of(first, second),
                new SeededBytes(new Seed(1))).orElseThrow().columns().get(1);

        // Twenty rows of AB, all at one client; A would tell them together with the sum, were it the only one left out.
        assertThat(group.cells().get(3).rows()).isEmpty();
        assertThat(group.cells()).filteredOn(cell -> cell.rows().isEmpty()).hasSize(2);
        assertThat(group.leftOut().value()).isGreaterThan(20);
    }

    private static double[] groups(int rows) {
        return IntStream.range(0, rows).mapToDouble(row -> row % 2).toArray();
    }

    @Test
    void answersThatRowsCannotGiveAreNotCounted() {
        Survey survey = Tables.survey(Noise.NONE, LEAST);
        long[] good = Tally.of(survey.question(), TABLES.get(0), new SeededBytes(new Seed(1)));
        Total total = new Total(survey.question());

        assertThat(total.add(new long[3])).contains("it told 3 numbers, expected 17");
        assertThat(total.add(changed(good, 0, good[0] + 1))).contains("its rows cannot be those of its rows");
        assertThat(total.add(changed(good, 1, good[0]))).contains("its sum cannot be those of its rows");
        assertThat(total.add(changed(good, 3, -Question.ROW))).contains("its cells cannot be those of its rows");
        assertThat(total.add(changed(good, 14, good[0]))).contains("its cells cannot be those of its rows");
        assertThat(total.add(changed(good, 0, Long.MAX_VALUE))).contains("its numbers are too large to be added up");
        assertThat(total.answers()).isZero();
        assertThat(total.add(good)).isEmpty();
        assertThat(total.answers()).isOne();
    }

    private static long[] changed(long[] numbers, int index, long value) {
        long[] changed = numbers.clone();
        changed[index] = value;
        return changed;
    }

    @Test
    void whatIsChargedIsWhatTheClientDidItself() {
        Question local = new Question(Tables.ASKED, new Noise(By.CLIENTS, 3, 0));
        Question central = new Question(Tables.ASKED, new Noise(By.COORDINATOR, 3, 0));
        Question open = new Question(Tables.ASKED, Noise.NONE);

        assertThat(Charge.own(local)).isEqualTo(new SelfComposed(new Gaussian(3), 5));
        assertThat(Charge.promised(central)).isEqualTo(Charge.own(local));
        assertThat(Charge.own(central)).isEqualTo(new NonPrivate());
        assertThat(Charge.own(open)).isEqualTo(new NonPrivate());
        assertThat(Charge.promised(open)).isEqualTo(new NonPrivate());
    }
}
