package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.SurveyLoop;
import dev.hansa.core.coordinator.SurveyLoop.Outcome;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Question;
import dev.hansa.core.statistics.Answer.Estimate;
import dev.hansa.core.statistics.Survey;
import dev.hansa.core.statistics.Survey.Measure;
import dev.hansa.core.statistics.Survey.Minimum;
import dev.hansa.core.statistics.Survey.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SurveyLoopTest {
    private static final Schema SCHEMA = new Schema(List.of(), new Column.Number("age", "years"));

    private static Survey survey(Noise noise, Minimum minimum) {
        return new Survey("ages", new DataSpec("people", SCHEMA, new HoldOut.None(), false),
                new Question(List.of(new Asked.Numbers(0, 100, 2, 10)), noise),
                List.of(new Wanted(EnumSet.allOf(Measure.class), List.of(0.5))), minimum, Optional.empty(),
                Duration.ofSeconds(10));
    }

    private static Map<String, Client> clients(int... rows) {
        Map<String, Client> clients = new TreeMap<>();
        for (int i = 0; i < rows.length; i++) {
            double[] ages = IntStream.range(0, rows[i]).mapToDouble(row -> row * 7 % 100).toArray();
            clients.put("client" + i, new Client(Map.of("people",
                    spec -> new Table(spec.schema(), new double[0][], ages, new boolean[ages.length]))));
        }
        return clients;
    }

    private static Outcome ask(Survey survey, NoiseSource noise, int... rows) throws InterruptedException {
        try (LocalFleet fleet = new LocalFleet(clients(rows), 2)) {
            return new SurveyLoop("survey", survey, fleet, noise).run();
        }
    }

    @Test
    void whoHasTooFewRowsIsNotCountedAndNamed() throws Exception {
        Outcome outcome = ask(survey(Noise.NONE, new Minimum(2, 10, 5)), NoiseSource.SECRET, 100, 4, 200);

        assertThat(outcome.answer().orElseThrow().rows()).isEqualTo(new Estimate(300, 0));
        assertThat(outcome.without()).containsOnlyKeys("client1");
        assertThat(outcome.without().get("client1")).startsWith("it refused: there are fewer than 5 rows");
    }

    @Test
    void nobodyIsAskedWhereTooFewAreThere() throws Exception {
        Outcome outcome = ask(survey(Noise.NONE, new Minimum(3, 10, 5)), NoiseSource.SECRET, 100, 200);

        assertThat(outcome.answer()).isEmpty();
        assertThat(outcome.reason())
                .isEqualTo("nobody was asked: the data set people is served now by client0, client1,"
                        + " expected at least 3 (minimum.nodes)");
        assertThat(outcome.without()).isEmpty();
    }

    @Test
    void nothingIsPublishedOfTooFewAnswersOrRows() throws Exception {
        assertThat(ask(survey(Noise.NONE, new Minimum(2, 10, 5)), NoiseSource.SECRET, 100, 3).reason())
                .isEqualTo("too few answered: 1, expected at least 2 (minimum.nodes)");
        assertThat(ask(survey(Noise.NONE, new Minimum(2, 400, 5)), NoiseSource.SECRET, 100, 200))
                .satisfies(outcome -> assertThat(outcome.answer()).isEmpty())
                .extracting(Outcome::reason).isEqualTo("the nodes have fewer rows together than 400 (minimum.rows)");
    }

    @Test
    void ofANumberThatItsNoiseHasBroughtBelowTheLeastNothingIsConcluded() throws Exception {
        Survey survey = survey(new Noise(By.CLIENTS, 1000, 0), new Minimum(2, 100_000, 5));
        assertThat(survey.deviationOfRows(2)).isCloseTo(1000 * Math.sqrt(2), within(0.01));
        assertThat(survey(new Noise(By.COORDINATOR, 1000, 0), new Minimum(2, 10, 5)).deviationOfRows(2))
                .isCloseTo(1000, within(0.01));
        assertThat(survey(Noise.NONE, new Minimum(2, 10, 5)).deviationOfRows(2)).isZero();

        assertThat(ask(survey, SimulatedNoise.SEEDED, 100, 200).reason())
                .startsWith("with its noise the number of rows came out below 100000 (minimum.rows). How many rows the"
                        + " nodes have cannot be concluded from that: the noise has a deviation of 1415 rows")
                .doesNotContain("fewer rows together");
    }

    @Test
    void noiseOfTheCoordinatorIsNewEachTimeAndOfASimulationTheSame() throws Exception {
        Survey survey = survey(new Noise(By.COORDINATOR, 3, 0), new Minimum(2, 10, 5));

        assertThat(ask(survey, NoiseSource.SECRET, 100, 200)).isNotEqualTo(ask(survey, NoiseSource.SECRET, 100, 200));
        assertThat(ask(survey, SimulatedNoise.SEEDED, 100, 200))
                .isEqualTo(ask(survey, SimulatedNoise.SEEDED, 100, 200));
    }

    /** Clients that put the question off so often; the others answer. */
    private static Outcome ask(Map<String, Integer> puttingOff, List<String> asked) throws InterruptedException {
        return ask(puttingOff, asked, 2, Set.of());
    }

    /** @param refusing those who never answer */
    private static Outcome ask(Map<String, Integer> puttingOff, List<String> asked, int least, Set<String> refusing)
            throws InterruptedException {
        Map<String, Integer> left = new TreeMap<>(puttingOff);
        Map<String, Client> clients = new TreeMap<>();
        for (String name : List.of("alice", "bob", "carol")) {
            double[] ages = IntStream.range(0, 100).mapToDouble(row -> row).toArray();
            Consent own = new Consent() {
                @Override
                public Optional<String> objection(Task task) {
                    return Optional.empty();
                }

                @Override
                public Optional<Report> instead(Task task) {
                    asked.add(name);
                    if (refusing.contains(name)) {
                        return Optional.of(new Report.Refused("it is not let"));
                    }
                    return left.merge(name, -1, Integer::sum) >= 0
                            ? Optional.of(new Report.Failed("its owner sleeps", true)) : Optional.empty();
                }
            };
            clients.put(name, new Client(
                    Map.of("people", spec -> new Table(spec.schema(), new double[0][], ages, new boolean[100])), own,
                    ClientMemory.inMemory(), Client.TIMELESS));
        }
        try (LocalFleet fleet = new LocalFleet(clients, 1)) {
            return new SurveyLoop("survey", survey(Noise.NONE, new Minimum(least, 10, 5)), fleet, NoiseSource.SECRET)
                    .run();
        }
    }

    @Test
    void whoPutsItOffIsAskedAgainAndNobodyElse() throws Exception {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        Outcome outcome = ask(Map.of("bob", 3), asked);
        assertThat(outcome.answer().orElseThrow().rows()).isEqualTo(new Estimate(300, 0));
        assertThat(outcome.without()).isEmpty();
        assertThat(asked).containsExactlyInAnyOrder("alice", "bob", "bob", "bob", "bob", "carol");
    }

    @Test
    void nobodyIsAskedAnyMoreOnceTooFewCanAnswer() throws Exception {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        Outcome outcome = ask(Map.of("bob", 3), asked, 3, Set.of("carol"));

        assertThat(outcome.answer()).isEmpty();
        assertThat(outcome.reason()).isEqualTo("too few answered: 1, expected at least 3 (minimum.nodes)");
        assertThat(outcome.without().get("carol")).isEqualTo("it refused: it is not let");
        assertThat(outcome.without().get("bob")).isEqualTo("it put it off: its owner sleeps; it was not asked again,"
                + " for too few others can answer (minimum.nodes)");
        assertThat(asked.stream().filter("bob"::equals)).as("its answer would have been charged").hasSize(1);
    }
}
