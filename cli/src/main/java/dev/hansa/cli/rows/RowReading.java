package dev.hansa.cli.rows;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Ending;
import dev.hansa.cli.live.Format;
import dev.hansa.core.data.DataSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads CSV files for a simulation: onto the heap if they take no more than a part of it there, otherwise into a
 * {@link RowCache} from which each client's rows are taken when they are needed.
 *
 * @param files    of which each is read as seldom as can be
 * @param cache    where the rows of large files are kept
 * @param always   whether all files are kept there, however small they are
 * @param mostHeap bytes that the process may take
 * @param view     shows how far it is, file by file
 * @param ending   of the process: what is begun in the cache then is taken away
 */
public record RowReading(SharedFiles files, RowCache cache, boolean always, long mostHeap,
        Function<Path, ReadingView> view,
        Ending ending) {
    /** Rows on the heap take one part in so many of it at most. */
    private static final int SHARE = 2;
    /** What stays on the heap of a row that is in the cache: which client has it, and while it is dealt its label. */
    private static final long BYTES_OF_CACHED = 3L * Integer.BYTES + Double.BYTES;

    /**
     * Of all these files, which are needed at once.
     *
     * @throws CommandException if they are too large even for what must be in memory of each row
     */
    public Reader of(List<Path> needed, DataSpec spec) {
        ReadAhead ahead = needed.stream().map(ReadAhead::of).reduce(new ReadAhead(0, 0), ReadAhead::plus);
        boolean cached = isCached(ahead.heapBytes(spec.schema()), mostHeap);
        long inMemory = cached ? BYTES_OF_CACHED * ahead.rows() : 0;
        if (inMemory > mostHeap) {
            throw CommandException.usage("the data has about " + Format.count(ahead.rows(), "row") + " in "
                    + Format.bytes(ahead.bytes()) + ", of which " + Format.bytes(inMemory)
                    + " must be in memory, and this"
                    + " process may take " + Format.bytes(mostHeap) + "; expected HANSA_OPTS=-Xmx"
                    + ((2 * inMemory - 1 >> 30) + 1) + "g, or less data");
        }
        return file -> {
            try (ReadingView shown = view.apply(file); Ending.Duty _ = ending.duty(() -> {
                shown.close();
                cache.forgetParts();
            })) {
                SharedFile shared = files.at(file);
                return cached ? shared.read(spec, shown::read, cache)
                        : StoredRows.of(shared.read(spec, shown::read));
            }
        };
    }

    /** Whether rows that would take so much of the heap are in a file instead. */
    private boolean isCached(long heapBytes, long heap) {
        return always || heapBytes > heap / SHARE;
    }

    /**
     * Sees that rows of the coordinator's own, which are always in memory, have room there beside the data.
     *
     * @param own    by file, as the run reads it
     * @param needed the files of the data, and
     * @param spec   what is read of them
     * @throws CommandException if they have not, naming the least memory with which they have
     */
    public void requireRoom(Map<Path, DataSpec> own, List<Path> needed, DataSpec spec) {
        ReadAhead rows = new ReadAhead(0, 0);
        long bytes = 0;
        for (Map.Entry<Path, DataSpec> file : own.entrySet()) {
            ReadAhead ahead = ReadAhead.of(file.getKey());
            rows = rows.plus(ahead);
            bytes += ahead.heapBytes(file.getValue().schema());
        }
        ReadAhead data = needed.stream().map(ReadAhead::of).reduce(new ReadAhead(0, 0), ReadAhead::plus);
        long onHeap = data.heapBytes(spec.schema());
        long inFile = BYTES_OF_CACHED * data.rows();
        long beside = isCached(onHeap, mostHeap) ? inFile : onHeap;
        if (bytes == 0 || bytes + beside <= mostHeap) {
            return;
        }
        long gibibytes = 1;
        while (bytes + (isCached(onHeap, gibibytes << 30) ? inFile : onHeap) > gibibytes << 30) {
            gibibytes++;
        }
        throw CommandException.usage("the rows of the coordinator's own (--rows) are about "
                + Format.count(rows.rows(), "row") + " in " + Format.bytes(rows.bytes()) + ", which take "
                + Format.bytes(bytes) + " of memory beside " + Format.bytes(beside)
                + " of the data, and this process may"
                + " take " + Format.bytes(mostHeap) + "; expected HANSA_OPTS=-Xmx" + gibibytes + "g"
                + (beside > inFile && bytes + inFile <= mostHeap ? ", or --cache DIR, which keeps the data in a file"
                        : "")
                + ", or fewer rows");
    }

    /** Reads one of the files. */
    @FunctionalInterface
    public interface Reader {
        StoredRows read(Path file);
    }
}
