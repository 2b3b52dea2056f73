package dev.hansa.client.http;

import dev.hansa.core.FederationException;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** Brings an update and its report to the coordinator; a transfer that broke goes on with what the coordinator does not have yet. */
final class UpdateUpload {
    /** So often the coordinator may answer that it has no more than before. */
    static final int TRIES = 5;

    private final SignedHttp http;
    private final Retry retry;
    private final Turns turns;

    UpdateUpload(SignedHttp http, Retry retry, Turns turns) {
        this.http = http;
        this.retry = retry;
        this.turns = turns;
    }

    /**
     * Returns when the coordinator has all of the update and, after it, the report.
     *
     * @param file begins with the update
     * @throws ErrorAnswer {@link ErrorCode#UNUSABLE} also if the coordinator answers again and again, {@link #TRIES}
     *                     times, that it has got no further
     */
    void send(String taskId, BlobRef update, Path file, byte[] report) throws ErrorAnswer, InterruptedException {
        if (!retry.call(new Delivery(taskId, update, file, report))) {
            throw new ErrorAnswer(ErrorCode.UNUSABLE.status(), ErrorCode.UNUSABLE,
                    "after " + TRIES + " tries it has no more of it than before", 0, Duration.ZERO);
        }
    }

    /** Goes on at each attempt with what the coordinator says to have; links may break as often as they like. */
    private final class Delivery implements Retry.Attempt<Boolean> {
        private final String path;
        private final String taskId;
        private final BlobRef update;
        private final Path file;
        private final byte[] report;
        private long furthest;
        private int inVain;

        Delivery(String taskId, BlobRef update, Path file, byte[] report) {
            this.path = Endpoints.at(Endpoints.UPDATE, taskId, update.sha256().hex());
            this.taskId = taskId;
            this.update = update;
            this.file = file;
            this.report = report;
        }

        @Override
        public Boolean make() throws IOException, ErrorAnswer, InterruptedException {
            try {
                long has = http.offset(path);
                gotFurther(has); // with pieces of tries that broke off
                while (has < update.sizeBytes()) {
                    has = http.upload(path + "?" + Endpoints.OFFSET + "=" + has + "&" + Endpoints.SIZE + "="
                            + update.sizeBytes(), new Part(file, has, update.sizeBytes()));
                    if (!gotFurther(has) && givenUp()) {
                        return false;
                    }
                }
                turns.reportOnce(taskId, report);
                return true;
            } catch (UnreadableFile e) {
                throw new FederationException("cannot read the update from " + file + ": " + e.getMessage(), true, e);
            } catch (ErrorAnswer e) {
                boolean elsewhere = e.is(ErrorCode.WRONG_OFFSET) || e.is(ErrorCode.WRONG_HASH);
                if (elsewhere && givenUp()) {
                    return false;
                }
                throw e;
            }
        }

        @Override
        public long reached() {
            return furthest;
        }

        private boolean gotFurther(long has) {
            if (has <= furthest) {
                return false;
            }
            furthest = has;
            inVain = 0;
            return true;
        }

        /** Whether this try in vain was the last. */
        private boolean givenUp() {
            inVain++;
            return inVain == TRIES;
        }
    }

    /** This machine's disk is to blame and not the link, on whose way this passes. */
    private static final class UnreadableFile extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableFile(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** The update from an offset on; the file begins with it. */
    private static final class Part extends RequestBody {
        private static final MediaType BYTES = MediaType.get("application/octet-stream");

        private final Path file;
        private final long offset;
        private final long size;

        Part(Path file, long offset, long size) {
            this.file = file;
            this.offset = offset;
            this.size = size;
        }

        @Override
        public MediaType contentType() {
            return BYTES;
        }

        @Override
        public long contentLength() {
            return size - offset;
        }

        /** Before it is sent again somebody asks how much of it has arrived. */
        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (FileChannel channel = open()) {
                ByteBuffer chunk = ByteBuffer.allocate(Limits.CHUNK_BYTES);
                for (long at = offset; at < size; at += chunk.position()) {
                    Buffer window = chunk; // ByteBuffer has its own of these methods only since Java 9
                    window.clear();
                    window.limit((int) Math.min(chunk.capacity(), size - at)); // more may follow in the file
                    read(channel, chunk, at);
                    sink.write(chunk.array(), 0, chunk.position());
                }
            }
        }

        private FileChannel open() throws UnreadableFile {
            try {
                return FileChannel.open(file, StandardOpenOption.READ);
            } catch (IOException e) {
                throw new UnreadableFile(e.toString(), e);
            }
        }

        private static void read(FileChannel channel, ByteBuffer chunk, long at) throws UnreadableFile {
            try {
                if (channel.read(chunk, at) < 0) {
                    throw new EOFException("it ends after " + at + " bytes");
                }
            } catch (IOException e) {
                throw new UnreadableFile(e.toString(), e);
            }
        }
    }
}
