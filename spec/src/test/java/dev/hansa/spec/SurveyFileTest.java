package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.coordinator.SurveyMandate;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Question;
import dev.hansa.core.statistics.Charge;
import dev.hansa.core.statistics.Survey;
import dev.hansa.core.statistics.Survey.Budget;
import dev.hansa.core.statistics.Survey.Measure;
import dev.hansa.core.statistics.Survey.Minimum;
import dev.hansa.core.statistics.Survey.Wanted;
import dev.hansa.spec.document.InvalidSpecException;
import dev.hansa.spec.document.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SurveyFileTest {
    private static final String GOOD = """
            hansa: 1
            name: ages
            data: people
            columns:
              age: {between: [0, 120], unit: years, tell: [mean, histogram], quantiles: [0.5], cells: 12}
              sex: {values: [f, m]}
            minimum: {nodes: 3, rows: 50}
            deadline: 2m
            """;

    private static Survey read(String text) {
        return SurveyFile.parse(text, "ages.yaml").survey();
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(read(GOOD)).isEqualTo(new Survey("ages",
                new DataSpec("people", new Schema(List.of(new Column.Number("age", "years")),
                        new Column.Category("sex", "", List.of("f", "m"))), new HoldOut.None(), false),
                new Question(List.of(new Asked.Numbers(0, 120, 1, 12), new Asked.Categories(2)), Noise.NONE),
                List.of(new Wanted(Set.of(Measure.MEAN, Measure.HISTOGRAM), List.of(0.5)),
                        new Wanted(Set.of(), List.of())),
                new Minimum(3, 50, 5), Optional.empty(), Duration.ofMinutes(2)));
    }

    @Test
    void whatIsNotWrittenIsAsTheReferenceSays() {
        Survey least = read("{hansa: 1, name: a, columns: {x: {between: [-1, 1]}}}");

        assertThat(least.question().columns()).containsExactly(new Asked.Numbers(-1, 1, 2, 0));
        assertThat(least.minimum()).isEqualTo(new Minimum(2, 10, 5));
        assertThat(least.question().noise()).isEqualTo(Noise.NONE);
        assertThat(read(SurveyFile.reference()).question().columns()).hasSize(2);
    }

    @Test
    void noiseIsTheLeastThatKeepsWithinTheBudget() {
        Survey noisy = read(GOOD + "privacy: {epsilon: 0.7, delta: 1e-6}\n");
        double epsilon = new PldAccountant().curve(Charge.promised(noisy.question()), Adjacency.ADD_OR_REMOVE_ONE)
                .epsilon(1e-6);

        assertThat(noisy.budget()).contains(new Budget(0.7, 1e-6));
        assertThat(noisy.question().noise().by()).isEqualTo(By.CLIENTS);
        assertThat(epsilon).isLessThanOrEqualTo(0.7).isCloseTo(0.7, within(1e-4));
        assertThat(Charge.own(noisy.question())).isEqualTo(Charge.promised(noisy.question()));
    }

    @Test
    void aDeltaThatHardlyAnybodyMeansIsWarnedOf() {
        String privacy = GOOD + "privacy: {epsilon: 1, delta: %s}\n";
        assertThat(SurveyFile.parse(privacy.formatted("0.01"), "ages.yaml").warnings()).singleElement()
                .satisfies(warning -> {
                    assertThat(warning.path()).isEqualTo("privacy.delta");
                    assertThat(warning.message()).contains("50 rows (minimum.rows)", "in every 2. answer", "0.002");
                });
        assertThat(SurveyFile.parse(privacy.formatted("1e-3"), "ages.yaml").warnings()).isEmpty();
    }

    @Test
    void noiseThatMayHideWhetherThereAreEnoughRowsIsWarnedOf() {
        SurveyFile file = SurveyFile.parse(GOOD + "privacy: {epsilon: 0.01, delta: 1e-6}\n", "ages.yaml");
        long deviation = (long) Math.ceil(file.survey().deviationOfRows(file.survey().minimum().clients()));
        assertThat(deviation).isGreaterThan(100);
        assertThat(file.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo("minimum.rows");
            assertThat(warning.message()).contains("it is 50, and the number of rows gets noise with a deviation of "
                    + deviation + " rows", "unless the nodes have ", "nothing is told though it costs the same");
        });
    }

    @Test
    void aNodeAsAWholeIsProtectedByMoreNoise() {
        String privacy = "privacy: {epsilon: 1, delta: 1e-3, noise: coordinator, unit: %s}\n";
        Noise row = read(GOOD + privacy.formatted("row")).question().noise();
        Noise node = read(GOOD + privacy.formatted("{type: node, rows: 200}")).question().noise();

        assertThat(node).isEqualTo(new Noise(By.COORDINATOR, row.multiplier(), 200));
        assertThat(row.rowsPerClient()).isZero();
    }

    static List<Arguments> mistakes() {
        return List.of(
                bad("deadline: 2m", "deadlin: 2m", "ages.yaml:8:1: deadlin: unknown key, did you mean deadline?"),
                bad("between: [0, 120]", "betwen: [0, 120]",
                        "ages.yaml:5:9: columns.age.betwen: unknown key, did you mean between?"),
                bad("[0, 120]", "[120, 0]", "ages.yaml:5:18: columns.age.between: found from 120.0 to 0.0, expected the"
                        + " smaller number first, and a finite difference"),
                bad("[0, 120]", "[0]", "ages.yaml:5:18: columns.age.between: found a list, expected a list of 2 to 2"
                        + " values, each a number"),
                bad("cells: 12", "cells: 5000",
                        "ages.yaml:5:91: columns.age.cells: found \"5000\", expected a whole number from 2 to 1000"),
                bad("[mean, histogram]", "[means]",
                        "ages.yaml:5:48: columns.age.tell[0]: found \"means\", expected sum,"
                                + " mean, variance or histogram"),
                bad("quantiles: [0.5]", "quantiles: [1]", "ages.yaml:5:78: columns.age.quantiles[0]: found \"1\","
                        + " expected a number above 0 and below 1"),
                bad("rows: 50", "rows: 4",
                        "ages.yaml:7:27: minimum.rows: found \"4\", expected a whole number of 5 or more"),
                bad("deadline: 2m", "privacy: {epsilon: 1}", "ages.yaml:8:10: privacy.delta: missing, expected a number"
                        + " above 0 and below 1"),
                bad("deadline: 2m", "privacy: {epsilon: 1, delta: 0.02}",
                        "ages.yaml:8:30: privacy.delta: delta is 0.02, and the answer may be of 50 rows (minimum.rows):"
                                + " to give away one of them whole would keep such a promise; expected far below 0.02"),
                bad("deadline: 2m", "privacy: {epsilon: 1e-9, delta: 1e-12}",
                        "ages.yaml:8:10: privacy: no noise multiplier up to 1000000.0 keeps within epsilon 1.0E-9 and"
                                + " delta 1.0E-12: allow more, or have fewer rounds or a smaller rate"));
    }

    private static Arguments bad(String good, String bad, String problem) {
        return Arguments.of(good, bad, problem);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void aMistakeIsNamedWithItsPlace(String good, String bad, String problem) {
        assertThat(GOOD).contains(good);
        assertThatThrownBy(() -> read(GOOD.replace(good, bad))).isInstanceOf(InvalidSpecException.class)
                .hasMessage(problem);
    }

    @Test
    void cellsThatNobodyAskedForAreOdd() {
        assertThat(SurveyFile.parse("{hansa: 1, name: a, columns: {x: {between: [0, 1], tell: [sum], cells: 4}}}", "a")
                .warnings()).extracting(Problem::message)
                .containsExactly("cells are of the histogram and of quantiles, and neither is asked for");
    }

    @Test
    void nodesAreToldWhatForAndOfHowManyAtTheLeast() {
        Survey told = read(GOOD + "purpose: pensions\n"
                + "privacy: {epsilon: 1, delta: 1e-6, unit: {type: node, rows: 50}}\n");
        Terms terms = new SurveyMandate(told).terms();
        assertThat(terms.purpose()).isEqualTo("pensions");
        assertThat(terms.leastUpdates()).isEqualTo(3);
        assertThat(terms.ownNoise()).isEqualTo(told.question().noise().multiplier());
        assertThat(new SurveyMandate(read(GOOD)).terms().ownNoise()).isZero();
    }

    @Test
    void aFileEntitlesToItsQuestionAndNoOther() {
        SurveyMandate mandate = new SurveyMandate(read(GOOD));
        Survey survey = mandate.survey();
        Task asked = new Task.Statistics("ages-1", survey.data(), survey.question());
        Optional<Terms> terms = Optional.of(mandate.terms());
        assertThat(mandate.objection(asked, terms)).isEmpty();
        assertThat(mandate.objection(asked, Optional.empty())).isPresent();
        assertThat(mandate.objection(new Task.Statistics("others-1", survey.data(), survey.question()), terms))
                .get().asString().contains("others-1");
        for (String other : List.of(GOOD.replace("[0, 120]", "[0, 121]"), GOOD.replace("cells: 12", "cells: 13"),
                GOOD.replace("f, m", "f, g"), GOOD + "privacy: {epsilon: 0.7, delta: 1e-6}\n",
                GOOD + "purpose: pensions\n", GOOD.replace("nodes: 3", "nodes: 2"))) {
            SurveyMandate file = new SurveyMandate(read(other));
            Survey question = file.survey();
            assertThat(mandate.objection(new Task.Statistics("ages-1", question.data(), question.question()),
                    Optional.of(file.terms()))).as(other).isPresent();
        }
    }
}
