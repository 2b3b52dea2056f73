package dev.hansa.core.coordinator;

import dev.hansa.core.protocol.Mandate;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Question;
import dev.hansa.core.statistics.Survey;
import java.util.Optional;

/** What a survey asks of clients: its question, of its data. Its noise may be apart by a thousandth, as it is worked out anew. */
public record SurveyMandate(Survey survey) implements Mandate {
    private static final double TOLERANCE = 1e-3;

    /**
     * What the survey says of itself to those whose data it asks for: the fewest answers of which anything is published, and
     * the noise by which each client itself hides all of its rows.
     */
    public Terms terms() {
        Noise noise = survey.question().noise();
        return new Terms(survey.purpose(), 1, true, survey.minimum().clients(),
                noise.by() == By.CLIENTS && noise.rowsPerClient() > 0 ? noise.multiplier() : 0, Optional.empty());
    }

    @Override
    public Optional<String> objection(Task task, Optional<Terms> terms) {
        if (!task.run().startsWith(survey.name() + "-")) {
            return Optional.of("it is of the survey " + task.run() + ", and the file is called " + survey.name());
        }
        if (!terms.filter(this::isAsTold).isPresent()) {
            return Optional.of("the survey says of itself " + terms.map(Terms::toString).orElse("nothing")
                    + ", and the file " + terms());
        }
        if (!task.data().equals(survey.data())) {
            return Optional.of("it asks for other data");
        }
        return task instanceof Task.Statistics statistics && isSame(statistics.question())
                ? Optional.empty()
                : Optional.of("it asks something else");
    }

    private boolean isAsTold(Terms said) {
        Terms own = terms();
        return said.purpose().equals(own.purpose()) && said.leastUpdates() == own.leastUpdates();
    }

    private boolean isSame(Question asked) {
        Noise own = survey.question().noise();
        Noise found = asked.noise();
        return asked.columns().equals(survey.question().columns()) && found.by() == own.by()
                && found.rowsPerClient() == own.rowsPerClient()
                && Math.abs(found.multiplier() - own.multiplier()) <= TOLERANCE * own.multiplier();
    }
}
