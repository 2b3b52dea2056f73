package dev.hansa.cli.bench;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.wire.safetensors.SafetensorsFile;
import dev.hansa.wire.safetensors.SafetensorsWriter;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Updates of random numbers, each in a file, as a coordinator has them. Safe for several threads. */
final class UpdateFiles implements AutoCloseable {
    private final Path folder;
    private final Layout layout;
    private final List<ParameterSource> files = new ArrayList<>();
    private boolean closed;

    UpdateFiles(Path folder, Layout layout) {
        this.folder = folder;
        this.layout = layout;
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
            SafetensorsWriter.write(out, new RandomUpdate(layout, files.size()), Collections.emptySortedMap());
            out.flush();
            content.getFD().sync();
        }
        files.add(SafetensorsFile.open(file));
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
