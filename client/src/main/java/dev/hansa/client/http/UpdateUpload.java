package dev.hansa.client.http;

import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** Brings an update to the coordinator; a transfer that broke goes on with what the coordinator does not have yet. */
final class UpdateUpload {
    private final SignedHttp http;
    private final Retry retry;

    UpdateUpload(SignedHttp http, Retry retry) {
        this.http = http;
        this.retry = retry;
    }

    /** Returns when the coordinator has all of the file. */
    void send(String taskId, BlobRef update, Path file) throws ErrorAnswer, InterruptedException {
        String path = Endpoints.at(Endpoints.UPDATE, taskId, update.sha256().hex());
        retry.call(() -> {
            for (long has = http.offset(path); has < update.sizeBytes();) {
                has = http.upload(
                        path + "?" + Endpoints.OFFSET + "=" + has + "&" + Endpoints.SIZE + "=" + update.sizeBytes(),
                        new Part(file, has, update.sizeBytes()));
            }
            return update;
        });
    }

    /** The file from an offset on. */
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
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                channel.position(offset);
                InputStream in = Channels.newInputStream(channel);
                byte[] chunk = new byte[Limits.CHUNK_BYTES];
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    sink.write(chunk, 0, read);
                }
            }
        }
    }
}
