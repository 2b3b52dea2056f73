package dev.hansa.cli.command.auditlog;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.ExitCode;
import dev.hansa.server.api.AuditChain;
import java.util.Optional;

/** Ends a command that found an audit log which is not as it was written. */
final class Broken {

    private Broken() {}

    static void at(Optional<String> problem, AuditChain held) {
        if (problem.isPresent()) {
            throw new CommandException(ExitCode.FAILED, "the audit log does not hold: " + problem.get() + ". "
                    + (held.length() == 0 ? "None of it can be relied on"
                            : "It can be relied on up to entry " + held.length())
                    + "; compare with an export that was kept elsewhere");
        }
    }
}
