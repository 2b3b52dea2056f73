package dev.hansa.examples;

import dev.hansa.wire.Sha256;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What the folder of a node tells of the last update that it kept. */
record KeptUpdate(String taskId) {
    private static final int TAIL_BYTES = Integer.BYTES + Sha256.LENGTH_BYTES;

    /** The update that lies in the node's folder, if it is whole. */
    static Optional<KeptUpdate> in(Path node, String run) {
        Path file = node.resolve("updates")
                .resolve(Sha256.of(run.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32)
                        + ".answer");
        try {
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<KeptUpdate> parse(byte[] file) throws IOException {
        if (file.length < TAIL_BYTES) {
            return Optional.empty();
        }
        int tail = file.length - TAIL_BYTES;
        int length = ByteBuffer.wrap(file, tail, Integer.BYTES).getInt();
        if (length < 0 || length > tail) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOfRange(file, tail - length, tail);
        boolean whole = Arrays.equals(Sha256.of(body).toBytes(),
                Arrays.copyOfRange(file, tail + Integer.BYTES, file.length));
        return whole ? Optional.of(new KeptUpdate(new DataInputStream(new ByteArrayInputStream(body)).readUTF()))
                : Optional.empty();
    }
}
