package dev.hansa.cli.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.live.Terminal;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files go onto the heap, and how reading looks. */
class RowReadingTest {
    private static final DataSpec SPEC = new DataSpec("rows",
            new Schema(List.of(new Column.Number("x", ""), new Column.Number("z", "")), new Column.Number("y", "")),
            new HoldOut.None(), false);
    private static final int ROWS = 20_000;

    @TempDir
    private Path folder;
    private Path csv;

    @BeforeEach
    void file() throws IOException {
        StringBuilder text = new StringBuilder("x,z,y\n");
        IntStream.range(0, ROWS).forEach(i -> text.append(1000 + i % 9000).append(",0.25,").append(i % 7).append('\n'));
        csv = Files.writeString(folder.resolve("all.csv"), text);
    }

    private StoredRows read(long mostHeap, boolean always) {
        return reading(mostHeap, always).of(List.of(csv), SPEC).read(csv);
    }

    private RowReading reading(long mostHeap, boolean always) {
        Lines screen = new Lines(false);
        return new RowReading(new SharedFiles(), new RowCache(folder.resolve("cache")), always, mostHeap,
                file -> new ReadingView(screen, file, () -> 0L), Console.ofProcess().ending());
    }

    @Test
    void rowsThatWouldFillHalfOfTheHeapStayInAFile() {
        long needed = ReadAhead.of(csv).heapBytes(SPEC.schema());
        assertThat(ReadAhead.of(csv).rows()).isBetween((long) ROWS, ROWS + 2L);
        assertThat(needed).as("what it takes at least, and not twice that").isBetween(ROWS * 24L, ROWS * 48L);
        assertThat(read(2 * needed, false).held()).isTrue();
        assertThat(read(2 * needed - 2, false).held()).isFalse();
        assertThat(read(20 * needed, true).held()).as("as was asked").isFalse();
    }

    @Test
    void nobodyElseMayReadTheFileAndWhatWasNeverCompletedIsTakenAway() throws IOException {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Files.writeString(cache.resolve(".a.rows.999999999.part"), "");
        Files.writeString(cache.resolve(".a.rows.999999999.part.index"), "");
        read(1 << 30, true);
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files).singleElement().satisfies(file -> {
                assertThat(file.toString()).endsWith(".rows");
                if (Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)) {
                    assertThat(Files.getPosixFilePermissions(file)).containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
                }
            });
        }
    }

    @Test
    void dataOfWhichTooMuchMustBeInMemoryAnywayIsRefused() {
        assertThatThrownBy(() -> read(100_000, false)).isInstanceOf(CommandException.class)
                .hasMessageContainingAll("the data has about 20", "must be in memory", "may take 100 kB",
                        "expected HANSA_OPTS=-Xmx1g, or less data");
    }

    @Test
    void rowsOfTheCoordinatorsOwnMustHaveRoomBesideTheData() {
        long each = ReadAhead.of(csv).heapBytes(SPEC.schema());
        long inFile = 20 * ReadAhead.of(csv).rows();
        Map<Path, DataSpec> own = Map.of(csv, SPEC);

        reading(2 * each, false).requireRoom(own, List.of(csv), SPEC);
        reading(each + inFile, true).requireRoom(own, List.of(csv), SPEC);
        reading(each - 1, true).requireRoom(Map.of(), List.of(csv), SPEC);
        reading(each + inFile, false).requireRoom(own, List.of(csv), SPEC); // more than half: in a file by itself
        assertThatThrownBy(() -> reading(each + inFile - 1, true).requireRoom(own, List.of(csv), SPEC))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll("(--rows) are about 20", " rows in ", "of memory beside ",
                        "expected HANSA_OPTS=-Xmx1g, or fewer rows");
    }

    @Test
    void dataThatLeavesNoRoomForTheCoordinatorsOwnMayGoToAFile() throws IOException {
        Path large = folder.resolve("large.csv");
        String rows = Files.readString(csv);
        Files.writeString(large, rows + rows.substring(rows.indexOf('\n') + 1).repeat(2));
        long data = ReadAhead.of(csv).heapBytes(SPEC.schema());

        assertThatThrownBy(() -> reading(3 * data, false).requireRoom(Map.of(large, SPEC), List.of(csv), SPEC))
                .isInstanceOf(CommandException.class).hasMessageContaining("-Xmx1g, or fewer rows");
        assertThatThrownBy(
                () -> reading(4 * data - data / 4, false).requireRoom(Map.of(large, SPEC), List.of(csv), SPEC))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("-Xmx1g, or --cache DIR, which keeps the data in a file, or fewer rows");
    }

    @Test
    void whatIsNoFileIsLeftToWhoReadsIt() {
        assertThat(ReadAhead.of(folder)).isEqualTo(new ReadAhead(0, 0));
        assertThat(ReadAhead.of(folder.resolve("nowhere.csv"))).isEqualTo(new ReadAhead(0, 0));
    }

    @Test
    void progressIsShownAfterAMomentAndGoneAtTheEnd() {
        long[] now = {0};
        Lines screen = new Lines(true);
        try (ReadingView view = new ReadingView(screen, csv, () -> now[0])) {
            view.read(1000, 10_000);
            assertThat(screen.printed).isEmpty();
            now[0] = 2_000_000_000L;
            view.read(10_000, 120_000);
            view.read(10_001, 120_010);
            assertThat(screen.printed).as("not more often than eyes follow").hasSize(1);
            assertThat(screen.printed.getFirst()).contains("reading all.csv: ", "5000 a second", "120 kB of ");
        }
        assertThat(screen.printed).last().isEqualTo("\r\u001b[K");

        Lines ended = new Lines(true);
        long[] early = {Long.MIN_VALUE / 2};
        ReadingView over = new ReadingView(ended, csv, () -> early[0]);
        over.close();
        early[0] += 5_000_000_000L;
        over.read(1, 1);
        assertThat(ended.printed).as("after its end, on a clock that begins below zero").isEmpty();

        Lines file = new Lines(false);
        now[0] = 0;
        try (ReadingView view = new ReadingView(file, csv, () -> now[0])) {
            for (int second = 0; second < 30; second++) {
                now[0] = second * 1_000_000_000L;
                view.read(second, second);
            }
        }
        assertThat(file.printed).as("after 1, 11 and 21 seconds").hasSize(3)
                .allMatch(line -> line.startsWith("reading ") && line.endsWith("\n"));
    }

    /** Keeps what is printed. */
    private static final class Lines implements Terminal {
        private final boolean interactive;
        private final List<String> printed = new ArrayList<>();

        Lines(boolean interactive) {
            this.interactive = interactive;
        }

        @Override
        public boolean interactive() {
            return interactive;
        }

        @Override
        public boolean colours() {
            return false;
        }

        @Override
        public boolean unicode() {
            return true;
        }

        @Override
        public int columns() {
            return 80;
        }

        @Override
        public int rows() {
            return 24;
        }

        @Override
        public void print(String text) {
            printed.add(text);
        }
    }
}
