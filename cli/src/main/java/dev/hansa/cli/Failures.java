package dev.hansa.cli;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.operator.RefusedException;
import dev.hansa.cli.operator.UnreachableException;
import dev.hansa.client.http.LinkException;
import dev.hansa.client.http.MemoryException;
import dev.hansa.core.FederationException;
import dev.hansa.core.data.DataException;
import dev.hansa.spec.document.InvalidSpecException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a person what went wrong, and a script by the exit code; with {@code --json} also as an object. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final PrintStream err;
    private final String program;
    private final Ending ending;

    Failures(Console console) {
        this.err = console.err();
        this.program = console.command();
        this.ending = console.ending();
    }

    @Override
    public int handleParseException(ParameterException first, String[] args) {
        CommandLine command = first.getCommandLine();
        List<String> unknown = command.getUnmatchedArguments();
        boolean mistyped = first instanceof MissingParameterException && !unknown.isEmpty(); // rather than missing
        ParameterException mistake = mistyped ? new UnmatchedArgumentException(command, unknown) : first;
        String message = Secrets.hidden(message(mistake) + (mistyped ? "; " + first.getMessage() : ""));
        err.println("hansa: " + message);
        UnmatchedArgumentException.printSuggestions(mistake, command.getErr());
        command.getErr().flush();
        CommandSpec spec = command.getCommandSpec();
        err.println("What can be given: " + spec.qualifiedName() + " --help");
        ending.tell(object(message, ExitCode.USAGE.number()));
        return ExitCode.USAGE.number();
    }

    private static String message(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        boolean needsCommand = !command.getSubcommands().isEmpty()
                && command.getCommandSpec().positionalParameters().isEmpty();
        if (needsCommand && mistake instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            return "there is no command '" + unmatched.getUnmatched().getFirst() + "'";
        }
        return String.valueOf(mistake.getMessage());
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult asked) {
        if (failure instanceof ParameterException mistake) {
            return handleParseException(mistake, new String[0]);
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (ending.interrupted()) {
            return ExitCode.INTERRUPTED.number();
        }
        boolean verbose = asked(asked, "--verbose");
        ExitCode code = code(failure);
        String message = Secrets.hidden(message(failure));
        if (code != ExitCode.INTERRUPTED) {
            err.println("hansa: " + Format.printableLines(message) + (expected(failure) || verbose
                    ? ""
                    : "\nThis should not happen; the same command with --verbose tells where."));
        }
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        ending.tell(object(message, code.number()));
        return code.number();
    }

    /** What machines are told of a failure. */
    static Map<String, Object> object(String message, int exitCode) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("error", message);
        object.put("exitCode", exitCode);
        return object;
    }

    /** The command was given too little memory, wherever it noticed. */
    int outOfMemory() {
        long most = Runtime.getRuntime().maxMemory();
        String message =
                "the memory is too little: this process may take " + (most >> 20) + " MiB" + withMemory(2 * most);
        err.println("hansa: " + message);
        ending.tell(object(message, ExitCode.FAILED.number()));
        return ExitCode.FAILED.number();
    }

    /** By which variable the launcher gives a process memory, whole gibibytes. */
    private static String withMemory(long bytes) {
        return "; give it more, such as by HANSA_OPTS=-Xmx" + ((bytes - 1 >> 30) + 1) + "g, and start it again";
    }

    private static ExitCode code(Exception failure) {
        return switch (failure) {
            case CommandException known -> known.code();
            case InterruptedException _ -> ExitCode.INTERRUPTED;
            case InvalidSpecException _ -> ExitCode.USAGE;
            case DataException _ -> ExitCode.USAGE;
            case UnreachableException _ -> ExitCode.UNREACHABLE;
            case RefusedException refused when refused.mistake() -> ExitCode.USAGE;
            case LinkException link -> code(link);
            default -> ExitCode.FAILED;
        };
    }

    private static ExitCode code(LinkException link) {
        return switch (link.code()) {
            case "wrong-fingerprint", "untrusted" -> ExitCode.UNREACHABLE;
            case "wrong-answer" -> ExitCode.FAILED;
            default -> ExitCode.USAGE; // refused, or no node of that coordinator
        };
    }

    private static boolean expected(Exception failure) {
        return failure instanceof CommandException || failure instanceof FederationException
                || failure instanceof FileSystemException;
    }

    private String message(Exception failure) {
        return switch (failure) {
            case DataException data -> data.detail();
            case RefusedException refused when refused.nothingSuch() -> refused.getMessage() + "; '" + program
                    + " runs' lists the runs, '" + program + " nodes' the nodes";
            case InvalidSpecException invalid -> (invalid.problems().size() == 1
                    ? "the run file has a problem"
                    : "the run file has " + invalid.problems().size() + " problems") + ":\n" + invalid.getMessage();
            case InterruptedException _ -> "interrupted";
            case AccessDeniedException denied -> "may not be read or written: " + denied.getFile();
            case FileSystemException file -> file.getFile() + ": " + reason(file);
            case UnreachableException away when away.retrySafe() -> away.getMessage() + "; is it running? '" + program
                    + " serve' starts one";
            case MemoryException memory -> memory.getMessage() + withMemory(memory.enoughBytes());
            case CommandException known -> String.valueOf(known.getMessage());
            case FederationException known -> String.valueOf(known.getMessage());
            default -> failure.toString();
        };
    }

    private static String reason(FileSystemException failure) {
        @Nullable
        String reason = failure.getReason();
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case FileAlreadyExistsException _ -> "a file is in the way";
            default -> reason == null ? "it cannot be read or written" : reason;
        };
    }

    /** Whether the option was given to the innermost command. */
    private static boolean asked(ParseResult all, String option) {
        ParseResult innermost = all;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        return innermost.hasMatchedOption(option);
    }
}
