package dev.hansa.cli.bench;

import dev.hansa.core.FederationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary folder, and all that was started with it. Guarantee: when {@link #close} returns, on whatever thread, all has
 * ended, the last first, the folder is deleted, and neither begins again. Safe for several threads.
 */
public final class Workshop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);

    private final Path parent;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable Path folder;
    private boolean closed;

    /** @param parent in which the folder is made when it is needed */
    public Workshop(Path parent) {
        this.parent = parent;
    }

    /** Something that is started in the folder. */
    @FunctionalInterface
    public interface Start<T extends AutoCloseable> {
        /** Is quick: nothing can be closed meanwhile. */
        T in(Path folder) throws IOException;
    }

    /**
     * Starts something that ends with this.
     *
     * @throws FederationException if this has ended
     */
    public synchronized <T extends AutoCloseable> T start(Start<T> start) throws IOException {
        if (closed) {
            throw new FederationException("the benchmark has ended", true);
        }
        if (folder == null) {
            folder = Files.createTempDirectory(parent, "hansa-bench-");
        }
        T part = start.in(folder);
        open.push(part);
        return part;
    }

    /** Ends all, whatever one of them says to it, and deletes what they kept, keys above all. */
    @Override
    public synchronized void close() {
        closed = true;
        boolean interrupted = false;
        for (AutoCloseable part = open.pollFirst(); part != null; part = open.pollFirst()) {
            try {
                part.close();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (Exception e) {
                LOG.warn("a part of the benchmark did not end well", e);
            }
        }
        try {
            delete();
        } catch (IOException e) {
            LOG.warn("{} could not be deleted; it holds keys of the benchmark", folder, e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete() throws IOException {
        if (folder == null || !Files.exists(folder)) {
            return;
        }
        List<Path> kept;
        try (Stream<Path> files = Files.walk(folder)) {
            kept = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : kept) {
            Files.delete(file);
        }
    }
}
