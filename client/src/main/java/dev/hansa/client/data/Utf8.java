package dev.hansa.client.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** UTF-8 that does not overlook errors. */
final class Utf8 {

    private Utf8() {}

    /** A decoder that reports what is not UTF-8, where Java's usual one replaces it. */
    static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Where a file that a {@link #decoder} did not take ceases to be UTF-8. */
    static Place firstError(Path file) throws IOException {
        CharsetDecoder decoder = decoder();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        CharBuffer chars = CharBuffer.allocate(1 << 16);
        Buffer window = bytes; // Android 8 lacks the methods that return a ByteBuffer or CharBuffer
        Buffer output = chars;
        long passed = 0;
        long line = 1;
        try (InputStream in = Files.newInputStream(file)) {
            while (true) {
                int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
                window.position(bytes.position() + Math.max(count, 0));
                window.flip();
                output.clear();
                CoderResult result = decoder.decode(bytes, chars, count < 0);
                for (int i = 0; i < bytes.position(); i++) {
                    line += bytes.get(i) == '\n' ? 1 : 0;
                }
                passed += bytes.position();
                if (result.isError() || count < 0) {
                    return new Place(passed, line);
                }
                bytes.compact();
            }
        }
    }

    /**
     * @param offset bytes before it
     * @param line   from 1
     */
    record Place(long offset, long line) {}
}
