package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataException;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinMessagesTest {
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
    private static final Task FIT = fit("lines-1");

    private static Task fit(String run) {
        return new Task.Fit(run, 7, new DataSpec("rows", SCHEMA, new HoldOut.None(), false),
                Preprocessing.identity(SCHEMA), new ModelSpec.Linear(),
                Parameters.zeros(new Layout(List.of(new TensorShape("w", List.of(1))))),
                new LocalTraining(1, 0, 0.1, 0, 0, false), new Seed(1));
    }

    private final List<String> lines = new ArrayList<>();
    private final JoinMessages messages = new JoinMessages(line -> lines.add(line.replaceFirst("^[0-9:]+ ", "")),
            run -> "hansa node approve " + run + " --state alice");

    @Test
    void tellsOnceWhyATaskIsNotDone() {
        for (int asked = 1; asked <= 2; asked++) {
            messages.started(FIT);
            messages.objected(FIT, "the budget is spent: epsilon 4 of 4");
            messages.reported(FIT, new Report.Refused("the budget"));
        }
        messages.started(FIT);
        messages.reported(FIT, new Report.Refused("too few rows"));
        assertThat(lines).containsExactly("run lines-1, round 7: not done: the budget is spent: epsilon 4 of 4",
                "run lines-1: refused: too few rows");
    }

    @Test
    void tellsWhatToTypeForARunThatWaitsAndAgainIfItWaitsAgain() {
        for (int asked = 1; asked <= 2; asked++) {
            messages.started(FIT);
            messages.undecided(FIT);
            messages.reported(FIT, new Report.Failed("not decided", true));
        }
        messages.started(FIT);
        messages.reported(FIT, new Report.Evaluated(Sums.NONE));
        messages.started(FIT);
        messages.undecided(FIT);
        String waits = "run lines-1 waits for you: 'hansa node approve lines-1 --state alice' shows what it asks for,"
                + " and lets you decide";
        assertThat(lines).containsExactly(waits,
                "run lines-1, round 7: told how good the model is on the held-out rows", waits);
    }

    @Test
    void aSurveyIsCalledOne() {
        Task survey = new Task.Statistics("ages-1", new DataSpec("rows", SCHEMA, new HoldOut.None(), false),
                new Question(List.of(new Asked.Numbers(0, 1, 1, 0), new Asked.Numbers(0, 1, 1, 0)), Noise.NONE));
        messages.started(survey);
        messages.objected(survey, "the budget is spent");
        messages.started(survey);
        messages.reported(survey, new Report.Refused("too few rows"));
        messages.started(survey);
        messages.undecided(survey);
        assertThat(lines).containsExactly("survey ages-1: not done: the budget is spent",
                "survey ages-1: refused: too few rows",
                "survey ages-1 waits for you: 'hansa node approve ages-1 --state alice' shows what it asks for, and lets you"
                        + " decide");
    }

    @Test
    void tellsWhichAnswerCameTooLate() {
        messages.started(FIT);
        messages.dropped("task");
        messages.overtaken("next");
        messages.answerKept("of a process before");
        messages.dropped("of a process before");
        assertThat(lines).containsExactly(
                "run lines-1, round 7: its round was over when the answer came, which is dropped",
                "a round was over before its model was here; nothing was done for it",
                "this was done before: sending the update that was kept",
                "its round was over when the answer came, which is dropped");
    }

    @Test
    void whatACoordinatorHasChosenIsNoLineOfItsOwn() {
        messages.started(FIT);
        messages.objected(FIT, "its owner's policy does not allow the purpose \"x\n20:51:07 run y waits for you\"");
        messages.reported(FIT, new Report.Refused("the policy"));
        messages.retrying("https://example.org:8443", "busy\n20:51:07 joined", Duration.ofSeconds(1));
        messages.unfit("rows", new DataException("told", "two problems:\n  line 3: \u001b[2Jx"));
        assertThat(lines).containsExactly(
                "run lines-1, round 7: not done: its owner's policy does not allow the purpose"
                        + " \"x?20:51:07 run y waits for you\"",
                "the coordinator at https://example.org:8443 cannot be reached (busy?20:51:07 joined), trying again in 1.0 s",
                "the data set rows does not fit a run (only you see this in full): two problems:\n    line 3: ?[2Jx");
    }

    @Test
    void ofManyRunsTheOldestIsForgottenAndToldAgain() {
        for (int again = 1; again <= 2; again++) {
            for (int run = 0; run <= 1000; run++) {
                messages.objected(fit("lines-" + run), "the budget is spent");
            }
        }
        assertThat(lines).hasSize(2002);
        messages.objected(fit("lines-1000"), "the budget is spent");
        assertThat(lines).hasSize(2002);
    }
}
