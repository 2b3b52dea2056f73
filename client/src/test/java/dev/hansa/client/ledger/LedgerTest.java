package dev.hansa.client.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.FederationException;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DiscreteGaussianSum;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.event.SharedNoise;
import dev.hansa.core.privacy.event.SkellamSum;
import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {
    private static final DpEvent NOISY = new Gaussian(2.5);

    @TempDir
    Path folder;
    private Path file;
    private Path witness;
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void threeRecords() {
        file = folder.resolve("ledger.jsonl");
        witness = folder.resolve("witness");
        append(entry("one", NOISY), entry("two", NOISY), entry("three", NOISY));
    }

    static LedgerEntry entry(String task, DpEvent event) {
        return new LedgerEntry(Instant.parse("2026-01-02T03:04:05Z"), "lines-1", 4, task, "rows", Told.UPDATE, event,
                1.5,
                1e-5, content(task), Optional.empty(), Optional.empty());
    }

    private static Sha256 content(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private void append(LedgerEntry... entries) {
        try (Ledger ledger = open()) {
            List.of(entries).forEach(ledger::append);
        }
    }

    private Ledger open() {
        return Ledger.open(file, Optional.of(witness), notices::add);
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(file));
    }

    private void write(List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() {
        DpEvent all = new Composed(List.of(new NonPrivate(),
                new SelfComposed(new PoissonSampled(0.01, new Gaussian(0.1 + 0.2)), 1000),
                new FixedSizeSampled(1000, 10, new Gaussian(1.0 / 3))));
        append(entry("four", all));
        List<LedgerRecord> records = new ArrayList<>();
        LedgerFile.read(file, records::add);
        assertThat(records).extracting(LedgerRecord::entry).containsExactly(entry("one", NOISY), entry("two", NOISY),
                entry("three", NOISY), entry("four", all));
        try (Ledger ledger = open()) {
            assertThat(ledger.head()).contains(records.get(3).head());
            assertThat(ledger.updates("rows")).isEqualTo(4);
            assertThat(ledger.has("two", content("two"))).isTrue();
            assertThat(ledger.has("two", content("three"))).isFalse();
            assertThat(ledger.hasCharged("lines-1", "rows", NOISY)).isTrue();
            assertThat(ledger.hasCharged("lines-2", "rows", NOISY)).isFalse();
            assertThat(ledger.hasCharged("lines-1", "others", NOISY)).isFalse();
            assertThat(ledger.updates("lines-1", "rows")).isEqualTo(4);
            assertThat(ledger.updates("lines-1", "others")).isZero();
            assertThat(ledger.spending("rows", Unit.DATA_SET).epsilon(1e-5)).isInfinite();
        }
        assertThat(notices).isEmpty();
    }

    /** What is told now would be in no file, or in one that does not verify. */
    @ParameterizedTest
    @CsvSource({"changed, was written by somebody else", "grown, was written by somebody else",
            "dated back, was written by somebody else",
            "replaced, is another file", "deleted, is not there any more"})
    void aNodeThatWritesItNoticesThatSomebodyElseWasThere(String how, String problem) throws IOException {
        try (Ledger ledger = open()) {
            ledger.append(entry("four", NOISY));
            byte[] now = Files.readAllBytes(file);
            switch (how) {
                case "changed" -> {
                    Files.write(file, now);
                    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
                }
                case "grown" -> Files.writeString(file, " ", StandardOpenOption.APPEND);
                case "dated back" -> {
                    FileTime written = Files.getLastModifiedTime(file);
                    Files.writeString(file, " ", StandardOpenOption.APPEND);
                    Files.setLastModifiedTime(file, written);
                }
                case "replaced" -> Files.move(Files.write(folder.resolve("copy"), now), file,
                        StandardCopyOption.REPLACE_EXISTING);
                default -> Files.delete(file);
            }
            assertThatThrownBy(() -> ledger.append(entry("five", NOISY))).isInstanceOf(LedgerException.class)
                    .hasMessageContaining(problem);
            assertThatThrownBy(() -> ledger.has("one", content("one"))).isInstanceOf(LedgerException.class);
            assertThat(ledger.updates("rows")).isEqualTo(4);
        }
    }

    /** Whoever mends a disk may move files: then the records go on in a file that nobody reads any more. */
    @Test
    void aFileThatIsExchangedAfterAWriteThatFailedIsNoticed() throws IOException {
        Ledger ledger = open();
        ledger.close(); // so that writing fails
        assertThatThrownBy(() -> ledger.append(entry("four", NOISY))).isNotInstanceOf(LedgerException.class)
                .hasMessageContaining("cannot be written");
        assertThat(ledger.has("one", content("one"))).as("what a failed write leaves is no change").isTrue();
        Files.move(Files.write(folder.resolve("copy"), Files.readAllBytes(file)), file,
                StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> ledger.append(entry("four", NOISY))).isInstanceOf(LedgerException.class)
                .hasMessageContaining("is another file");
        assertThatThrownBy(() -> ledger.has("one", content("one"))).isInstanceOf(LedgerException.class);
    }

    @Test
    void questionsThatWereAnsweredAreRemembered() {
        LedgerEntry asked = entry("one", NOISY).answering(Optional.of(content("question")));
        append(asked);
        List<LedgerRecord> records = new ArrayList<>();
        LedgerFile.read(file, records::add);
        assertThat(records).extracting(LedgerRecord::entry).last().isEqualTo(asked);
        try (Ledger ledger = open()) {
            assertThat(ledger.hasAnswered("lines-1", "rows", content("question"))).isTrue();
            assertThat(ledger.hasAnswered("lines-1", "rows", content("another"))).isFalse();
            assertThat(ledger.hasAnswered("lines-1", "others", content("question"))).isFalse();
            assertThat(ledger.hasAnswered("lines-2", "rows", content("question"))).isFalse();
        }
    }

    /** Whoever changes a record and does not forge all that follows, and the witness, is found out. */
    @ParameterizedTest
    @CsvSource({"sequence\":2, sequence\":9", "05Z, 06Z", "lines-1, lines-2", "round\":4, round\":5", "two, too",
            "rows, cols", "update, rows", "2.5, 2.6", "1.5, 0.5", "1.0E-5, 1.0E-6", "content\":\"3, content\":\"4",
            "previous\":\", previous\":\"0", "hash\":\", hash\":\"0"})
    void aChangeOfAnyFieldIsFoundAndTheRecordNamed(String before, String after) throws IOException {
        List<String> lines = lines();
        assertThat(lines.get(1)).contains(before);
        lines.set(1, lines.get(1).replaceFirst(java.util.regex.Pattern.quote(before), after));
        write(lines);
        assertThatThrownBy(this::open).isInstanceOf(LedgerException.class).hasMessageContaining("record 2 (line 2)")
                .hasMessageContaining(file.toString()).hasMessageContaining("a copy of the ledger that nobody changed");
    }

    @Test
    void aRecordThatWasForgedWholeDoesNotCarryTheNext() throws IOException {
        List<String> lines = lines();
        LedgerRecord first = RecordLine.read(lines.get(0), 1, LedgerRecord.NONE);
        lines.set(1, RecordLine.write(RecordLine.next(2, entry("two", new Gaussian(100)), first.hash())));
        write(lines);
        assertThatThrownBy(this::open).isInstanceOf(LedgerException.class).hasMessageContaining("record 3 (line 3)")
                .hasMessageContaining("one of them was exchanged");
    }

    @Test
    void recordsThatAreTakenOutPutInOrExchangedAreFound() throws IOException {
        List<String> lines = lines();
        write(List.of(lines.get(0), lines.get(2)));
        assertThatThrownBy(this::open).hasMessageContaining("record 2").hasMessageContaining("has the number 3");
        write(List.of(lines.get(0), lines.get(0), lines.get(1), lines.get(2)));
        assertThatThrownBy(this::open).hasMessageContaining("record 2").hasMessageContaining("has the number 1");
        write(List.of(lines.get(1), lines.get(0), lines.get(2)));
        assertThatThrownBy(this::open).hasMessageContaining("record 1").hasMessageContaining("has the number 2");
        write(List.of(lines.get(0), "", lines.get(1), lines.get(2)));
        assertThatThrownBy(this::open).hasMessageContaining("record 2").hasMessageContaining("is no record");
        write(List.of("{}", lines.get(1), lines.get(2)));
        assertThatThrownBy(this::open).hasMessageContaining("record 1").hasMessageContaining("is no record");
    }

    @Test
    void anEndThatACrashLeftIsCutOffAndGoneOnFrom() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        append(entry("four", NOISY));
        byte[] more = Files.readAllBytes(file);
        Files.delete(witness); // which was told of four
        Path kept = folder.resolve("ledger.jsonl.cut-4");
        for (int end = whole.length + 1; end < more.length - 1; end += 7) {
            Files.write(file, java.util.Arrays.copyOf(more, end));
            notices.clear();
            try (Ledger ledger = open()) {
                assertThat(ledger.head().orElseThrow().sequence()).isEqualTo(3);
                assertThat(notices).first().asString().contains("in the middle of record 4",
                        "its last " + (end - whole.length) + " bytes", "are in " + kept,
                        "the coordinator is asked next").doesNotContain("nothing had been told");
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
            assertThat(Files.readAllBytes(kept)).as("nothing is thrown away")
                    .isEqualTo(java.util.Arrays.copyOfRange(more, whole.length, end));
            Files.delete(kept);
            Files.delete(witness);
        }
        append(entry("other", NOISY));
        assertThat(lines()).hasSize(4);
    }

    @Test
    void piecesOfSeveralCrashesAreAllKept() throws IOException {
        for (String piece : List.of("{\"sequ", "{\"seq", "{\"sequ")) {
            Files.writeString(file, piece, StandardOpenOption.APPEND);
            append();
        }
        assertThat(folder.resolve("ledger.jsonl.cut-4")).hasContent("{\"sequ");
        assertThat(folder.resolve("ledger.jsonl.cut-4-2")).hasContent("{\"seq");
        assertThat(notices).hasSize(3).allMatch(notice -> notice.contains("The witness " + witness
                + " knows of no record but the 3 that are left"));
        assertThat(lines()).hasSize(3);
    }

    /** Whoever takes away its last line break does not make the last answer untold. */
    @Test
    void aRecordWithoutItsLineBreakCountsAndGetsItBack() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
        assertThat(LedgerFile.verify(file, Optional.of(witness), record -> {}).isEnded()).isFalse();
        try (Ledger ledger = open()) {
            assertThat(ledger.head().orElseThrow().sequence()).isEqualTo(3);
            assertThat(ledger.has("three", content("three"))).isTrue();
            assertThat(notices).singleElement().asString().contains("without the line break of record 3", "counts");
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        append(entry("four", NOISY));
        assertThat(lines()).hasSize(4);
    }

    @Test
    void whatTheWitnessKnewIsTold() throws IOException {
        assertThat(LedgerFile.verify(file, Optional.of(witness), record -> {}).known().orElseThrow().sequence())
                .isEqualTo(3);
        assertThat(LedgerFile.verify(file, Optional.empty(), record -> {}).known()).isEmpty();
        Files.delete(witness);
        assertThat(LedgerFile.verify(file, Optional.of(witness), record -> {}).known()).isEmpty();
        append();
        assertThat(notices).singleElement().asString().contains("did not know of the ledger", "is mounted");
    }

    @Test
    void anEndThatTheWitnessKnowsWasCutOffIsNoCrash() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 5));
        assertThatThrownBy(this::open).isInstanceOf(LedgerException.class)
                .hasMessageContaining("it ends with record 2").hasMessageContaining("knows of record 3");
        assertThat(Files.size(file)).as("nothing is cut off").isEqualTo(whole.length - 5);
    }

    @Test
    void anOldCopyThatIsPutBackIsNoticedByTheWitness() throws IOException {
        byte[] old = Files.readAllBytes(file);
        append(entry("four", NOISY));
        Files.write(file, old);
        assertThatThrownBy(this::open).isInstanceOf(LedgerException.class).hasMessageContaining("went back")
                .hasMessageContaining(witness.toString());
        Files.delete(file);
        assertThatThrownBy(this::open).isInstanceOf(LedgerException.class)
                .hasMessageContaining("it ends with record 0");
    }

    @Test
    void anOldCopyThatWasGoneOnWithIsNoticedByTheWitness() throws IOException {
        byte[] old = Files.readAllBytes(file);
        append(entry("four", NOISY));
        byte[] known = Files.readAllBytes(witness);
        Files.write(file, old);
        Files.delete(witness);
        append(entry("forged", NOISY), entry("more", NOISY));
        Files.write(witness, known);
        assertThatThrownBy(this::open).isInstanceOf(LedgerException.class).hasMessageContaining("is another one")
                .hasMessageContaining("another record 4");
        assertThatThrownBy(() -> LedgerFile.verify(file, Optional.of(witness), record -> {}))
                .isInstanceOf(LedgerException.class);
    }

    @Test
    void aHeadThatSomebodyElseKnowsIsRequired() {
        try (Ledger ledger = open()) {
            LedgerHead head = ledger.head().orElseThrow();
            ledger.require(head, "the coordinator");
            assertThatThrownBy(() -> ledger.require(new LedgerHead(4, head.hash()), "the coordinator"))
                    .isInstanceOf(LedgerException.class).hasMessageContaining("the coordinator knows of record 4");
            assertThatThrownBy(() -> ledger.require(new LedgerHead(2, head.hash()), "the coordinator"))
                    .isInstanceOf(LedgerException.class).hasMessageContaining("another record 2");
        }
    }

    @Test
    void aWitnessThatWasNotToldIsToldBeforeTheAnswerIsSentAgain() throws IOException {
        try (Ledger ledger = open()) {
            Files.delete(witness);
            Files.createDirectories(witness.resolve("x")); // so that nothing can take its name
            assertThatThrownBy(() -> ledger.append(entry("four", NOISY))).hasMessageContaining("the witness");
            assertThatThrownBy(() -> ledger.has("four", content("four"))).hasMessageContaining("the witness");
            Files.delete(witness.resolve("x"));
            Files.delete(witness);
            assertThat(ledger.has("four", content("four"))).isTrue();
            assertThat(Files.readString(witness)).startsWith("hansa-ledger 4 ");
        }
    }

    /** Else each try would be charged, and none could tell anything. */
    @Test
    void nothingIsChargedWhereTheWitnessCannotBeWritten() throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        Path other = folder.resolve("other.jsonl");
        try (Ledger ledger = Ledger.open(other, Optional.of(disk.resolve("witness")), notices::add)) {
            ledger.append(entry("one", NOISY));
            Path away = Files.move(disk, folder.resolve("away"));
            for (int attempt = 1; attempt <= 2; attempt++) {
                assertThatThrownBy(() -> ledger.append(entry("two", NOISY))).isInstanceOf(FederationException.class)
                        .hasMessageContainingAll("its folder " + disk + " is not there", "mount its disk")
                        .hasMessageNotContaining("Exception");
            }
            assertThat(ledger.updates("rows")).isEqualTo(1);
            assertThat(Files.readAllLines(other)).hasSize(1);
            Files.move(away, disk);
            ledger.append(entry("two", NOISY));
            assertThat(Files.readString(disk.resolve("witness"))).startsWith("hansa-ledger 2 ");
        }
    }

    @Test
    void aNodeDoesNotStartWithAWitnessThatItCannotWrite() throws IOException {
        Path nowhere = folder.resolve("nowhere/witness");
        assertThatThrownBy(() -> Ledger.open(file, Optional.of(nowhere), notices::add))
                .isNotInstanceOf(LedgerException.class)
                .hasMessageContainingAll(nowhere + ", cannot be written: its folder " + nowhere.getParent()
                        + " is not there", "--ledger-witness", "does not start");
        assertThat(Ledger.problemOfWitness(Files.createDirectories(folder.resolve("taken")))).get().asString()
                .contains("it is a folder");
        assertThat(Ledger.problemOfWitness(witness)).isEmpty();
    }

    @Test
    void aWitnessThatIsNoneIsAMistake() throws IOException {
        Files.writeString(witness, "something else\n");
        assertThatThrownBy(this::open).isInstanceOf(LedgerException.class).hasMessageContaining("is none")
                .hasMessageContaining("the node begins the witness anew");
        Files.delete(witness); // as it says
        append();
        assertThat(Files.readString(witness)).startsWith("hansa-ledger 3 ");
    }

    @Test
    void whatEachRowPaysWhoSignedAndWhatRestCountsStandInARecordWhereThereIsSomethingToSay() throws IOException {
        SharedNoise share = new SharedNoise(1, 4, 1, 8, 0.01, SharedNoise.USUAL_BIAS);
        DpEvent rows = new Composed(List.of(new SelfComposed(new PoissonSampled(0.1, new Gaussian(1)), 20)));
        List<LedgerEntry> entries =
                List.of(entry("t1", new SkellamSum(share)), entry("t2", new DiscreteGaussianSum(share)),
                        new LedgerEntry(Instant.EPOCH, "r", 1, "t3", "rows", Told.UPDATE, new NonPrivate(),
                                Double.POSITIVE_INFINITY, 1e-5, content("t3"), Optional.of("ed25519:alice"),
                                Optional.of(new LedgerEntry.PerRow(rows, 0.5))).resting(4));
        append(entries.toArray(new LedgerEntry[0]));
        List<LedgerRecord> records = new ArrayList<>();
        LedgerFile.read(file, records::add);
        assertThat(records.subList(3, 6)).extracting(LedgerRecord::entry).isEqualTo(entries);
        assertThat(lines().get(0)).doesNotContain("\"row\"", "signer", "separation");
    }
}
