package dev.hansa.cli.option;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.io.Output;
import dev.hansa.wire.trust.FileSignature;
import dev.hansa.wire.trust.FileSignature.Kind;
import dev.hansa.wire.trust.SignedFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --sign}: the key by which the author of a file stands for it. */
public final class SignOption {
    @Option(names = "--sign", paramLabel = "KEY",
            description = "Sign the file with this private key ('key create' makes one): data owners may let in only what "
                    + "they know the signer of. The file then goes to each node that is asked.")
    private Optional<Path> key;

    /** The signature of the file; empty if none is wanted. */
    public Optional<FileSignature> of(Kind kind, String text, Output output) {
        return key.map(file -> KeyFile.read(file, output::say)).map(pair -> Options.checked("--sign",
                () -> new SignedFile(text, FileSignature.of(kind, text, pair)).signature()));
    }

    /** As it was typed, to be typed again. */
    public String text() {
        return key.map(file -> " --sign " + Output.quoted(file)).orElse("");
    }

    /** Says so if the coordinator has not taken the signature along. */
    public void check(Output output, Optional<String> signer) {
        if (key.isPresent() && signer.isEmpty()) {
            output.say("hansa: warning: the coordinator is older than this program and does not pass the signature on;"
                    + " nodes that want one will refuse");
        }
    }

    /** @throws CommandException if there is a key and it is not needed */
    public void refuse(String why) {
        if (key.isPresent()) {
            throw CommandException.usage("--sign: " + why);
        }
    }
}
