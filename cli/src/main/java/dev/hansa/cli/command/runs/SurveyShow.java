package dev.hansa.cli.command.runs;

import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.Times;
import dev.hansa.server.api.SurveyView;
import java.util.Locale;
import java.util.Map;

/** Where a survey stands, or what was answered, for whoever names one where runs are shown. */
final class SurveyShow {

    private SurveyShow() {}

    static void show(SurveyView survey, Output output) {
        output.print(survey.id() + ", a survey (" + output.program("statistics") + ")");
        output.print("state      " + survey.state().name().toLowerCase(Locale.ROOT)
                + (survey.reason().isEmpty() ? "" : ": " + survey.reason()));
        output.print("submitted  " + Times.of(survey.submitted()));
        survey.ended().ifPresent(ended -> output.print("ended      " + Times.of(ended)));
        survey.signer().ifPresent(author -> output.print("signed by  " + author));
        survey.outcome().ifPresent(outcome -> {
            outcome.without().forEach((node, why) -> output.print("without    " + node + ": " + why));
            outcome.answer().ifPresent(answer -> SurveyTables.of(answer).forEach(output::print));
        });
        output.json(Map.of("survey", survey));
    }
}
