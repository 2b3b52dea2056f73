package dev.hansa.cli.command.auditlog;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.option.CoordinatorOption;
import dev.hansa.server.api.AuditChain;
import dev.hansa.server.api.AuditEntry;
import dev.hansa.server.api.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;

/** {@code hansa audit-log verify}: whether the log is as it was written. */
@Command(name = "verify",
        description = {"Goes through the audit log, or an export of it, and works out each hash anew.", "",
                "What this cannot see by itself is a log whose end was cut off, or that was made anew as a whole: for that, "
                        + "tell by --known an entry and its hash that were printed earlier."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE},
        footer = {"  ${ROOT-COMMAND-NAME} audit-log verify",
                "  ${ROOT-COMMAND-NAME} audit-log verify audit.jsonl --known 120:HASH"})
final class AuditLogVerify implements Callable<Integer> {
    private static final Pattern KNOWN = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    @Mixin
    private final Output output;

    @Mixin
    private final CoordinatorOption coordinator;

    @Parameters(arity = "0..1", paramLabel = "FILE",
            description = "An export. Default: the coordinator's log as it is now.")
    private Optional<Path> file;

    @Option(names = "--known", paramLabel = "ENTRY:HASH",
            description = "An entry that the log must have, by its number, and the hash that it must have.")
    private Optional<String> known;

    private final AuditChain chain = new AuditChain();
    private boolean seen;

    AuditLogVerify(Console console) {
        this.output = new Output(console);
        this.coordinator = new CoordinatorOption(console);
    }

    @Override
    public Integer call() throws IOException {
        known.ifPresent(text -> {
            if (!KNOWN.matcher(text).matches()) {
                throw CommandException.usage("--known is \"" + text
                        + "\", expected a number, a colon and 64 hexadecimal digits, as this command prints them");
            }
        });
        if (file.isPresent()) {
            readFile(file.get());
        } else {
            try (Operator operator = coordinator.connect()) {
                AuditPages.each(operator, this::add);
            }
        }
        if (known.isPresent() && !seen) {
            throw new CommandException(ExitCode.FAILED, "the audit log does not hold: it has no entry " + known.get()
                    + "; its end was cut off, or it was made anew. It has " + chain.length() + ", and ends with "
                    + chain.hash());
        }
        output.print("holds: " + AuditPages.count(chain.length()) + "; the end is " + chain.length()
                + ":" + chain.hash());
        output.json(Map.of("holds", true, "entries", chain.length(), "hash", chain.hash()));
        return ExitCode.OK.number();
    }

    private void add(AuditEntry entry) {
        Broken.at(chain.add(entry), chain);
        seen |= known.filter((entry.number() + ":" + entry.hash())::equals).isPresent();
    }

    private void readFile(Path path) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                add(entry(path, number, line));
            }
        } catch (NoSuchFileException e) {
            throw CommandException.usage("there is no file " + path + ", expected an export of the audit log");
        } catch (CharacterCodingException e) {
            throw new CommandException(ExitCode.USAGE,
                    path + " is no text in UTF-8, expected an export of the audit log",
                    e);
        }
    }

    private static AuditEntry entry(Path path, int number, String line) {
        try {
            return Json.mapper().readValue(line, AuditEntry.class);
        } catch (JacksonException e) {
            throw new CommandException(ExitCode.USAGE, path + ", line " + number
                    + ": no entry of an audit log, expected a line of '"
                    + "hansa audit-log export': " + e.getOriginalMessage(), e);
        }
    }
}
