package dev.hansa.cli.option;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.ExitCode;
import dev.hansa.wire.disk.PrivateFiles;
import dev.hansa.wire.trust.NodeKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that hold the private key of an author, in PEM; what they hold is never shown. */
public final class KeyFile {
    private static final int MOST_BYTES = 10_000;

    private KeyFile() {}

    /** Writes a new pair into a new file that its owner alone may read. */
    public static NodeKey create(Path file) {
        if (Files.exists(file)) {
            throw CommandException.usage("the file " + file
                    + " exists; a key is never overwritten: give another name, or move it away");
        }
        NodeKey pair = NodeKey.generate();
        try {
            PrivateFiles.replace(file, pair.toPem().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "the key cannot be written to " + file + ": " + e.getMessage(),
                    e);
        }
        return pair;
    }

    /** @throws CommandException if it is no such file */
    public static NodeKey read(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw CommandException
                    .usage("the file " + file + ", which should hold a private key, is not there or may not"
                            + " be read; 'hansa key create " + file + "' makes one");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return NodeKey.fromPem(new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw CommandException.usage("the key in " + file + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("the file " + file + " is no key that 'hansa key create' made: "
                    + e.getMessage());
        }
    }
}
