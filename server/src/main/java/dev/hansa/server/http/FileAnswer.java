package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.ErrorCode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file as an answer, piece by piece, from where the request wants it. */
final class FileAnswer {
    private static final int PIECE_BYTES = 1 << 16;
    private static final Pattern FROM = Pattern.compile("bytes=(\\d{1,18})-");

    private FileAnswer() {}

    /** @param sent is told how many bytes went out, as they go */
    static void send(Context request, Path file, LongConsumer sent) throws IOException {
        send(request, FileChannel.open(file, StandardOpenOption.READ), sent);
    }

    /** The same of an open file, which is closed. */
    static void send(Context request, FileChannel file, LongConsumer sent) throws IOException {
        try (FileChannel channel = file) {
            long size = channel.size();
            long from = from(request.header("Range"), size);
            request.contentType("application/octet-stream").header("Accept-Ranges", "bytes");
            if (from > 0) {
                request.status(206).header("Content-Range", "bytes " + from + "-" + (size - 1) + "/" + size);
            }
            request.res().setContentLengthLong(size - from);
            OutputStream out = request.res().getOutputStream();
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            channel.position(from);
            while (channel.read(piece) >= 0) {
                out.write(piece.array(), 0, piece.position());
                sent.accept(piece.position());
                piece.clear();
            }
        }
    }

    private static long from(@Nullable String range, long size) {
        if (range == null) {
            return 0;
        }
        Matcher matcher = FROM.matcher(range);
        long from = matcher.matches() ? Long.parseLong(matcher.group(1)) : size;
        if (from >= size) {
            throw new RejectedException(ErrorCode.WRONG_RANGE,
                    "Range is \"" + range + "\", expected bytes=N- with N below "
                            + size,
                    "Content-Range", "bytes */" + size);
        }
        return from;
    }
}
