package dev.hansa.client.http;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.Parameters;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Limits;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import dev.hansa.wire.safetensors.BlobFolder;
import dev.hansa.wire.safetensors.SafetensorsFile;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Response;

/**
 * Fetches models, each once: the last few stay in a folder, and a transfer that broke goes on where it was, even after the
 * process was killed.
 */
final class ModelDownload {
    /** So often something else than the model may come. */
    static final int TRIES = 5;

    private static final int KEPT = 4;
    private static final int PARTIAL_CONTENT = 206;

    private final SignedHttp http;
    private final Retry retry;
    private final Path folder;
    private final BlobFolder blobs;
    /** The models that this process has found, or made, as they should be. */
    private final Set<Sha256> checked = new HashSet<>();

    /**
     * @param folder exists, and holds nothing else
     */
    ModelDownload(SignedHttp http, Retry retry, Path folder) {
        this.http = http;
        this.retry = retry;
        this.folder = folder;
        this.blobs = new BlobFolder(folder);
    }

    /**
     * Makes sure that the model is here; links may break as often as they like.
     *
     * @return false if the coordinator gives something else again and again, {@link #TRIES} times
     */
    boolean fetch(BlobRef model) throws ErrorAnswer, InterruptedException {
        Path file = blobs.path(model.sha256());
        if (!isHere(model, file)) {
            Path part = folder.resolve(model.sha256().hex() + ".part");
            if (!retry.call(new Transfer(model, part))) {
                return false;
            }
            checked.add(model.sha256());
        }
        keepOnlyTheNewest(file);
        return true;
    }

    /** What an earlier process has left is taken for the model only if it is that. */
    private boolean isHere(BlobRef model, Path file) {
        if (!Files.exists(file) || !checked.contains(model.sha256()) && !blobs.holds(model)) {
            return false;
        }
        checked.add(model.sha256());
        return true;
    }

    /** The model, which has been {@linkplain #fetch fetched}. */
    Parameters load(BlobRef model) {
        return Parameters.load(SafetensorsFile.open(blobs.path(model.sha256())));
    }

    /** Whether it was the model that came. */
    private boolean transfer(BlobRef model, Path part) throws IOException, ErrorAnswer, InterruptedException {
        long have = onDisk(part, () -> Files.exists(part) ? Files.size(part) : 0L);
        if (have < model.sizeBytes()) {
            have = http.download(Endpoints.at(Endpoints.BLOB, model.sha256().hex()), have,
                    response -> receive(response, model, part));
        }
        if (have < model.sizeBytes()) {
            throw new IOException("the model broke off after " + have + " of " + model.sizeBytes() + " bytes");
        }
        if (have > model.sizeBytes() || !blobs.adopt(part, model)) {
            onDisk(part, () -> Files.deleteIfExists(part));
            return false;
        }
        return true;
    }

    /** Appends what comes, or begins anew if all of it comes; at most one chunk more than the size that was announced. */
    private static long receive(Response response, BlobRef model, Path part) throws IOException {
        boolean goesOn = response.code() == PARTIAL_CONTENT;
        long received = goesOn ? onDisk(part, () -> Files.size(part)) : 0;
        String range = response.header("Content-Range");
        if (goesOn && (range == null || !range.startsWith("bytes " + received + "-"))) {
            throw new IOException("the model went on at the wrong place: " + range);
        }
        try (InputStream in = response.body().byteStream();
                OutputStream out =
                        onDisk(part, () -> new FileOutputStream(PrivateFiles.create(part).toFile(), goesOn))) {
            byte[] chunk = new byte[Limits.CHUNK_BYTES];
            for (int read = in.read(chunk); read >= 0 && received <= model.sizeBytes(); read = in.read(chunk)) {
                write(part, out, chunk, read);
                received += read;
            }
        }
        return received;
    }

    private static void write(Path part, OutputStream out, byte[] chunk, int length) {
        onDisk(part, () -> {
            out.write(chunk, 0, length);
            return out;
        });
    }

    /** A disk that fails must not look like a link that fails, which would be tried again for ever. */
    private static <T> T onDisk(Path part, DiskWork<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new FederationException("cannot keep the model in " + part + ": " + e + "; is the disk full?", true,
                    e);
        }
    }

    /** Goes on at each attempt behind what is here. */
    private final class Transfer implements Retry.Attempt<Boolean> {
        private final BlobRef model;
        private final Path part;
        private int wrong;

        Transfer(BlobRef model, Path part) {
            this.model = model;
            this.part = part;
        }

        @Override
        public Boolean make() throws IOException, ErrorAnswer, InterruptedException {
            if (arrived()) {
                return true;
            }
            wrong++;
            if (wrong < TRIES) {
                throw new IOException("the model did not arrive as it was announced");
            }
            return false;
        }

        /** A file that ends before what is here of the model is not the model. */
        private boolean arrived() throws IOException, ErrorAnswer, InterruptedException {
            try {
                return transfer(model, part);
            } catch (ErrorAnswer e) {
                if (!e.is(ErrorCode.WRONG_RANGE)) {
                    throw e;
                }
                onDisk(part, () -> Files.deleteIfExists(part));
                return false;
            }
        }

        @Override
        public long reached() {
            return part.toFile().length();
        }
    }

    private interface DiskWork<T> {
        T run() throws IOException;
    }

    private void keepOnlyTheNewest(Path used) {
        try (Stream<Path> files = Files.list(folder)) {
            Files.setLastModifiedTime(used, FileTime.fromMillis(System.currentTimeMillis()));
            List<Path> newestFirst = files.filter(file -> !file.equals(used))
                    .sorted(Comparator.comparing(ModelDownload::lastUsed).reversed())
                    .collect(Collectors.toList());
            for (Path old : newestFirst.subList(Math.min(KEPT - 1, newestFirst.size()), newestFirst.size())) {
                Files.delete(old);
            }
            checked.removeIf(name -> Files.notExists(blobs.path(name)));
        } catch (IOException e) {
            throw new FederationException("cannot tidy " + folder + ": " + e, true, e);
        }
    }

    private static FileTime lastUsed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
