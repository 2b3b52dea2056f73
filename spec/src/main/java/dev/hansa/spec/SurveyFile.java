package dev.hansa.spec;

import dev.hansa.core.FederationException;
import dev.hansa.core.statistics.Survey;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.InvalidSpecException;
import dev.hansa.spec.document.Problem;
import dev.hansa.spec.document.Reference;
import dev.hansa.spec.document.TextFile;
import dev.hansa.spec.document.Value;
import dev.hansa.spec.document.YamlText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A statistics file: its text, exactly as its author wrote it, and the survey that it describes. The same text always reads as
 * the same survey.
 *
 * @param warnings what works, and hardly anybody means
 */
public record SurveyFile(String text, Survey survey, List<Problem> warnings) {
    private static final String INTRODUCTION = """
            A statistics file of Hansa, whole: every key that it may have, what it means, what may stand there, and its
            default. hansa statistics FILE asks the nodes of a coordinator; with --data it simulates.""";

    /**
     * Reads the text.
     *
     * @param name of the file, for messages
     * @throws InvalidSpecException naming all that is wrong with the text
     */
    public static SurveyFile parse(String text, String name) {
        Value document = YamlText.parse(text, name);
        Optional<Entries> file = SurveyKeys.SURVEY.read(document);
        document.throwProblems();
        Optional<Survey> survey = SurveyKeys.build(file.get(), document);
        document.throwProblems();
        return new SurveyFile(text, survey.get(), document.warnings());
    }

    /**
     * Reads the file.
     *
     * @throws InvalidSpecException naming all that is wrong with its text
     * @throws FederationException  if there is no such file or it cannot be read
     */
    public static SurveyFile read(Path file) {
        return parse(TextFile.read(file, "statistics file"), file.toString());
    }

    /** A statistics file with every key and its explanation; itself one without problems. */
    public static String reference() {
        return Reference.of(SurveyKeys.SURVEY, INTRODUCTION);
    }
}
