package dev.hansa.cli.bench;

import dev.hansa.core.FederationException;
import dev.hansa.core.compress.Compressor;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Compression;
import dev.hansa.wire.update.UpdateBlob;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Updates of random numbers, each in a file, as a coordinator has them. Safe for several threads. */
final class UpdateFiles implements AutoCloseable {
    private final Path folder;
    private final Layout layout;
    private final Compression compression;
    private final List<ParameterSource> files = new ArrayList<>();
    private boolean closed;

    UpdateFiles(Path folder, Layout layout, Compression compression) {
        this.folder = folder;
        this.layout = layout;
        this.compression = compression;
    }

    /**
     * Makes one more. It is on the disk then, so that the system does not write it while something is measured.
     *
     * @throws FederationException if this is closed
     */
    synchronized void add() throws IOException {
        if (closed) {
            throw new FederationException("the benchmark has ended", true);
        }
        Path file = folder.resolve("update-" + files.size() + ".safetensors");
        try (FileOutputStream content = new FileOutputStream(file.toFile());
                OutputStream out = new BufferedOutputStream(content)) {
            RandomUpdate update = new RandomUpdate(layout, files.size());
            UpdateBlob.write(out, compression.isNone()
                    ? update
                    : Compressor.compress(Parameters.load(update), compression, new Seed(files.size())));
            out.flush();
            content.getFD().sync();
        }
        files.add(UpdateBlob.open(file, compression, layout));
    }

    synchronized List<ParameterSource> all() {
        return List.copyOf(files);
    }

    /** Returns when nothing is written any more. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
