package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Named;
import dev.hansa.core.model.Names;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.statistics.Answer;
import dev.hansa.core.statistics.Survey;
import dev.hansa.core.statistics.Total;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Asks the clients of a fleet the question of a survey, once, and makes of their answers what is published. In a simulation and in
 * production the same: without noise, to the last bit, whoever answers first.
 *
 * <p>Whoever is there is asked; nobody who answered is asked again, for each answer costs its owner. Once too few can still
 * answer for anything to be published, nobody is asked any more. After a restart the same are asked the same,
 * and what they had answered is counted.
 */
public final class SurveyLoop {
    private static final Seed NOISE = new Seed(0).derive("survey");
    private static final String NOT_ASKED_AGAIN =
            "; it was not asked again, for too few others can answer (minimum.nodes)";

    private final String id;
    private final Survey survey;
    private final Fleet fleet;
    private final NoiseSource noise;
    private final LongSupplier nanos;

    /**
     * @param id    of the survey, as clients see it
     * @param noise of the coordinator, if it is to add any
     */
    public SurveyLoop(String id, Survey survey, Fleet fleet, NoiseSource noise) {
        this(id, survey, fleet, noise, System::nanoTime);
    }

    /** @param nanos a clock that only goes forward, for the time in which clients that put it off are asked again */
    SurveyLoop(String id, Survey survey, Fleet fleet, NoiseSource noise, LongSupplier nanos) {
        this.id = id;
        this.survey = survey;
        this.fleet = fleet;
        this.noise = noise;
        this.nanos = nanos;
    }

    /**
     * What became of it.
     *
     * @param answer  empty if nothing is published
     * @param reason  why not; empty if there is an answer
     * @param without by client that was asked and is not counted, why
     */
    public record Outcome(Optional<Answer> answer, String reason, SortedMap<String, String> without) {}

    /** Asks, and waits for answers until all are there or the survey's deadline is over. */
    public Outcome run() throws InterruptedException {
        Optional<Fleet.Asked> before = fleet.asked(0, Phase.DESCRIBE);
        if (before.isPresent()) {
            fleet.awaitReturn(before.get().clients(), survey.deadline());
        }
        Names present = Names.copyOf(before.isPresent() ? before.get().clients() : fleet.available());
        int least = survey.minimum().clients();
        SortedMap<String, String> without = new TreeMap<>();
        if (present.size() < least) {
            return new Outcome(Optional.empty(), "nobody was asked: the data set " + survey.data().set()
                    + " is served now by " + Asker.names(present) + ", expected at least " + least
                    + " (minimum.nodes)",
                    without);
        }
        Total total = new Total(survey.question());
        present.forEach(client -> without.put(client, "it did not answer in time"));
        ask(present, before.map(Fleet.Asked::attempt).orElse(1), total, without);
        Optional<Answer> answer = total.answer(survey, noise.bytes(NOISE));
        return new Outcome(answer, answer.isPresent() ? "" : tooFew(total), without);
    }

    /** Whoever puts it off, for its owner has not decided or wants it at other hours, is asked again: that costs nothing. */
    private void ask(Names present, int first, Total total, SortedMap<String, String> without)
            throws InterruptedException {
        long begin = nanos.getAsLong();
        Names asked = present;
        Duration left = survey.deadline();
        for (int attempt = first; asked.size() > 0 && (attempt == first || left.toNanos() > 0); attempt++) {
            SortedSet<String> postponed = new TreeSet<>();
            fleet.ask(new Fleet.Question(0, Phase.DESCRIBE, attempt),
                    Named.owning(asked, asked.stream()
                            .map(client -> (Task) new Task.Statistics(id, survey.data(), survey.question()))
                            .toArray(Task[]::new)),
                    new Fleet.Patience(left, Integer.MAX_VALUE), counting(total, without, postponed));
            if (total.answers() + postponed.size() < survey.minimum().clients()) {
                postponed.forEach(client -> without.merge(client, NOT_ASKED_AGAIN, String::concat));
                return; // an answer would cost its owner, and nothing could be told
            }
            asked = Names.copyOf(postponed);
            left = survey.deadline().minusNanos(nanos.getAsLong() - begin);
            if (asked.size() > 0 && left.toNanos() > 0) {
                Duration pause = fleet.pauseBefore(Math.min(attempt + 1, RollCall.PATIENT));
                new StopSignal().pause(pause.compareTo(left) < 0 ? pause : left);
                left = survey.deadline().minusNanos(nanos.getAsLong() - begin);
            }
        }
    }

    private static Fleet.Answers counting(Total total, SortedMap<String, String> without,
            SortedSet<String> postponed) {
        return new Fleet.Answers() {
            @Override
            public void arrived(String client, Traffic traffic) {
                // Nobody follows a survey while it is under way.
            }

            @Override
            public void count(String client, Report report) {
                Optional<String> problem = report instanceof Report.Summed summed
                        ? total.add(summed.numbers())
                        : Optional.of(reason(report));
                without.remove(client);
                if (report instanceof Report.Failed failed && failed.postponed()) {
                    postponed.add(client);
                }
                problem.ifPresent(why -> without.put(client, why));
            }
        };
    }

    private static String reason(Report report) {
        return report instanceof Report.Refused refused ? "it refused: " + refused.reason()
                : report instanceof Report.Failed failed
                        ? (failed.postponed() ? "it put it off: " : "it failed: ") + failed.reason()
                        : "it answered with " + report.getClass().getSimpleName();
    }

    private String tooFew(Total total) {
        if (total.answers() < survey.minimum().clients()) {
            return "too few answered: " + total.answers() + ", expected at least " + survey.minimum().clients()
                    + " (minimum.nodes)";
        }
        double deviation = survey.deviationOfRows(total.answers());
        return deviation == 0
                ? "the nodes have fewer rows together than " + survey.minimum().rows() + " (minimum.rows)"
                : "with its noise the number of rows came out below " + survey.minimum().rows()
                        + " (minimum.rows). How many rows the nodes have cannot be concluded from that: the noise has a"
                        + " deviation of " + (long) Math.ceil(deviation) + " rows. It is spent all the same; expected a"
                        + " larger epsilon, fewer things asked for, or more rows";
    }
}
