package dev.hansa.cli.option;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.wire.disk.PrivateFiles;
import dev.hansa.wire.trust.NodeKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

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
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw CommandException
                    .usage("there is no folder " + folder + " for the key; make it, or name another file");
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

    /**
     * @param say is told if others than its owner may read it
     * @throws CommandException if it is no such file
     */
    public static NodeKey read(Path file, Consumer<String> say) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw CommandException
                    .usage("the file " + file + ", which should hold a private key, is not there or may not"
                            + " be read; 'hansa key create " + file + "' makes one");
        }
        try (InputStream in = Files.newInputStream(file)) {
            NodeKey pair = NodeKey.fromPem(new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII));
            warnIfOthersRead(file, say); // of what is a key alone
            return pair;
        } catch (IOException e) {
            throw CommandException.usage("the key in " + file + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("the file " + file + " is no key that 'hansa key create' made: "
                    + e.getMessage());
        }
    }

    private static void warnIfOthersRead(Path file, Consumer<String> say) {
        try {
            Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
            if (allowed.contains(PosixFilePermission.GROUP_READ) || allowed.contains(PosixFilePermission.OTHERS_READ)) {
                say.accept("hansa: warning: others than its owner may read the private key " + file + " ("
                        + PosixFilePermissions.toString(allowed) + ") and sign with it; 'chmod 600 "
                        + Output.quoted(file) + "' ends that, and if somebody has read it, take a new one");
            }
        } catch (UnsupportedOperationException | IOException e) {
            return; // a file system that knows no owners; or reading tells what is wrong
        }
    }
}
