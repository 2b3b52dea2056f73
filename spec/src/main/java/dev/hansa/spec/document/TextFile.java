package dev.hansa.spec.document;

import dev.hansa.core.FederationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file of a document: bounded, and in UTF-8. */
public final class TextFile {
    /** The most bytes of a file. */
    public static final int MAX_BYTES = YamlText.MAX_CHARACTERS;

    private TextFile() {}

    /**
     * Its text.
     *
     * @param kind of file, for messages, such as {@code run file}
     * @throws InvalidSpecException if it is too large, or no text in UTF-8
     * @throws FederationException  if there is no such file or it cannot be read
     */
    public static String read(Path file, String kind) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = new byte[MAX_BYTES + 1];
            int size = 0;
            for (int read = 0; read >= 0 && size < bytes.length; read = in.read(bytes, size, bytes.length - size)) {
                size += read;
            }
            if (size > MAX_BYTES) {
                throw invalid(file, 1, 1, "the file has more than " + MAX_BYTES + " bytes, too many for a " + kind);
            }
            return text(file, ByteBuffer.wrap(bytes, 0, size));
        } catch (NoSuchFileException e) {
            throw new FederationException("there is no " + kind + " " + file, false, e);
        } catch (IOException e) {
            throw new FederationException("the " + kind + " " + file + " cannot be read: " + e.getMessage(), true, e);
        }
    }

    private static String text(Path file, ByteBuffer bytes) {
        CharBuffer decoded = CharBuffer.allocate(bytes.remaining());
        boolean damaged = StandardCharsets.UTF_8.newDecoder().decode(bytes, decoded, true).isError();
        String text = new String(decoded.array(), 0, decoded.position());
        if (damaged) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            throw invalid(file, line, text.length() - text.lastIndexOf('\n'), String.format(
                    "found the byte %02X, which is no text in UTF-8; save the file as UTF-8", bytes.get()));
        }
        return text;
    }

    private static InvalidSpecException invalid(Path file, int line, int column, String message) {
        return new InvalidSpecException(List.of(new Problem(file.toString(), line, column, "", message)));
    }
}
