package dev.hansa.cli.io;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.live.Format;
import dev.hansa.core.FederationException;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.document.InvalidSpecException;
import dev.hansa.spec.document.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what the user names; what cannot be read is the user's mistake. */
public final class InputFiles {

    private InputFiles() {}

    /**
     * @throws InvalidSpecException naming all problems of its text
     * @throws CommandException     if it cannot be read
     */
    public static RunFile run(Path file) {
        try {
            return RunFile.read(file);
        } catch (InvalidSpecException e) {
            throw e;
        } catch (FederationException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Says what is odd about the run, a line each, before it starts. */
    public static void warn(Output output, Path path, RunFile file, int nodes) {
        file.warnings(path, nodes).forEach(warning -> output.say("hansa: warning: " + warning));
    }

    /**
     * Tells all that is wrong with a file that a command was to check.
     *
     * @param also what the object of a valid file has as a list besides
     * @return what the command ends with
     */
    public static int tellInvalid(Output output, InvalidSpecException invalid, String also) {
        invalid.problems().forEach(problem -> output.say(problem.toString()));
        output.say(Format.count(invalid.problems().size(), "problem"));
        output.json(Map.of("valid", false, "problems",
                invalid.problems().stream().map(InputFiles::object).toList(), also, List.of()));
        return ExitCode.USAGE.number();
    }

    /** A problem of a file as it is told to programmes. */
    public static Map<String, Object> object(Problem problem) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("line", problem.line());
        object.put("column", problem.column());
        object.put("path", problem.path());
        object.put("message", problem.message());
        return object;
    }
}
