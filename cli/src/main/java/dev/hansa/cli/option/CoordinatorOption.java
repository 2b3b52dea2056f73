package dev.hansa.cli.option;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.operator.Operator;
import dev.hansa.wire.trust.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which coordinator an operator's command talks to. */
public final class CoordinatorOption {
    private static final String VARIABLE = "HANSA_COORDINATOR";
    private static final String TOKEN_START = "hansa-";

    private final Console console;

    @Option(names = "--coordinator", paramLabel = "FILE|TOKEN",
            description = "The coordinator's operator token, an access token of yours, or the file that holds it. Default: the environment "
                    + "variable " + VARIABLE + ", otherwise " + Places.COORDINATOR + "/operator.token, where "
                    + "'${ROOT-COMMAND-NAME} serve' leaves it.")
    private Optional<String> coordinator;

    public CoordinatorOption(Console console) {
        this.console = console;
        this.coordinator = Optional.empty();
    }

    /** Ready to call; nothing is sent yet. */
    public Operator connect() {
        return new Operator(token());
    }

    private Token token() {
        if (coordinator.filter(String::isBlank).isPresent()) {
            throw CommandException
                    .usage("--coordinator is empty, expected an operator or access token, or the file that holds it");
        }
        Optional<String> given = coordinator
                .or(() -> Optional.ofNullable(console.environment().get(VARIABLE)).filter(value -> !value.isBlank()));
        String text = given.filter(value -> value.startsWith(TOKEN_START))
                .orElseGet(() -> read(given.map(Path::of).orElseGet(() -> Places.of(console).operatorToken()), given));
        try {
            return Token.parseOfPerson(text);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("the coordinator's token cannot be used: " + e.getMessage());
        }
    }

    private String read(Path file, Optional<String> given) {
        if (given.isEmpty() && !Files.exists(file)) {
            throw CommandException.usage("no coordinator is named and there is no " + file + ": start one with '"
                    + console.command() + " serve', or name it with --coordinator or " + VARIABLE);
        }
        return TokenFile.read(file);
    }
}
