package dev.hansa.cli.command.auditlog;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.WholeFile;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.option.CoordinatorOption;
import dev.hansa.server.api.AuditChain;
import dev.hansa.server.api.AuditEntry;
import dev.hansa.server.api.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hansa audit-log export}: takes the log away. */
@Command(name = "export",
        description = "Writes the whole audit log to a file, one JSON object a line, as far as it holds: at an entry that is "
                + "not what was written it stops, and writes nothing.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE},
        footer = "  ${ROOT-COMMAND-NAME} audit-log export audit.jsonl")
final class AuditLogExport implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Mixin
    private final CoordinatorOption coordinator;

    @Parameters(paramLabel = "FILE", description = "The file; one of the same name is replaced.")
    private Path file;

    AuditLogExport(Console console) {
        this.output = new Output(console);
        this.coordinator = new CoordinatorOption(console);
    }

    @Override
    public Integer call() throws IOException {
        AuditChain chain = new AuditChain();
        try (Operator operator = coordinator.connect()) {
            new WholeFile(file).write(out -> {
                BufferedWriter lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                AuditPages.each(operator, entry -> {
                    Broken.at(chain.add(entry), chain);
                    write(lines, entry);
                });
                lines.flush();
            });
        }
        output.say(AuditPages.count(chain.length()) + ", the last of the hash " + chain.hash());
        output.print(file.toString());
        output.json(Map.of("file", file.toAbsolutePath().toString(), "entries", chain.length(), "hash", chain.hash()));
        return ExitCode.OK.number();
    }

    private static void write(BufferedWriter lines, AuditEntry entry) {
        try {
            lines.write(Json.mapper().writeValueAsString(entry));
            lines.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
