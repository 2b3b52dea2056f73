package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.ErrorCode;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file as an answer, piece by piece: all of it, or the part that the request wants. */
final class FileAnswer {
    private static final int PIECE_BYTES = 1 << 16;
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})?");

    private FileAnswer() {}

    /**
     * Sends the open file, and closes it.
     *
     * @param sent is told how many bytes went out, as they go
     * @throws LostConnectionException if the request's connection breaks
     * @throws IOException             if the file does
     */
    static void send(Context request, FileChannel file, LongConsumer sent) throws IOException {
        try (FileChannel channel = file) {
            long size = channel.size();
            String range = request.header("Range");
            Part part = range == null ? new Part(0, size) : part(range, size);
            request.contentType("application/octet-stream").header("Accept-Ranges", "bytes");
            if (range != null) {
                request.status(206)
                        .header("Content-Range", "bytes " + part.from + "-" + (part.end - 1) + "/" + size);
            }
            request.res().setContentLengthLong(part.end - part.from);
            channel.position(part.from);
            copy(request, channel, part.end - part.from, sent);
        }
    }

    private static void copy(Context request, FileChannel file, long length, LongConsumer sent) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        for (long left = length; left > 0 && file.read(piece.limit((int) Math.min(left, PIECE_BYTES))) >= 0;) {
            Peer.write(request, piece.array(), piece.position());
            sent.accept(piece.position());
            left -= piece.position();
            piece.clear();
        }
    }

    private static Part part(String range, long size) {
        Matcher matcher = RANGE.matcher(range);
        if (matcher.matches()) {
            long from = Long.parseLong(matcher.group(1));
            long end = matcher.group(2) == null ? size : Math.min(Long.parseLong(matcher.group(2)) + 1, size);
            if (from < end) {
                return new Part(from, end);
            }
        }
        throw new RejectedException(ErrorCode.WRONG_RANGE,
                "Range is \"" + range + "\", expected bytes=N- or bytes=N-M with N below " + size + " and at most M",
                "Content-Range", "bytes */" + size);
    }

    /** From the first byte to before the end. */
    private record Part(long from, long end) {}
}
