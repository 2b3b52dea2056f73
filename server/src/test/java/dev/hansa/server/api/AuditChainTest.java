package dev.hansa.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditChainTest {
    private static final Instant TIME = Instant.ofEpochMilli(1_764_000_000_000L);

    private static List<AuditEntry> entries(int count) {
        List<AuditEntry> entries = new ArrayList<>();
        String hash = AuditEntry.BEGINNING;
        for (int number = 1; number <= count; number++) {
            AuditEntry entry = AuditEntry.after(hash, number, TIME.plusSeconds(number), "node:a", "node.report",
                    "run-" + number, "round " + number);
            entries.add(entry);
            hash = entry.hash();
        }
        return entries;
    }

    /** The entries that hold, and what is said of the first that does not. */
    private static Optional<String> problem(AuditChain chain, List<AuditEntry> entries) {
        for (AuditEntry entry : entries) {
            Optional<String> problem = chain.add(entry);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** By {@code sha256sum} of the lines. */
    @Test
    void theHashIsThatOfTheLines() {
        AuditEntry entry = AuditEntry.after(AuditEntry.BEGINNING, 1, TIME, "operator", "run.stop", "heart-1a2b",
                "from 10.0.0.7");

        assertThat(entry.hash()).isEqualTo("b43e1701e981294e8c3e6e1e0a6077a5378077cfb377f9058c8d6961a4e9654c");
    }

    @Test
    void whatWasWrittenHolds() {
        AuditChain chain = new AuditChain();
        List<AuditEntry> entries = entries(5);

        assertThat(problem(chain, entries)).isEmpty();
        assertThat(chain.length()).isEqualTo(5);
        assertThat(chain.hash()).isEqualTo(entries.getLast().hash());
    }

    private static AuditEntry changed(AuditEntry entry, String field) {
        return new AuditEntry(entry.number(), field.equals("time") ? entry.time().plusMillis(1) : entry.time(),
                field.equals("actor") ? "node:b" : entry.actor(), field.equals("act") ? "node.leave" : entry.act(),
                field.equals("subject") ? "" : entry.subject(), field.equals("detail") ? "round 9" : entry.detail(),
                field.equals("hash") ? AuditEntry.BEGINNING : entry.hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"time", "actor", "act", "subject", "detail", "hash"})
    void aChangedEntryIsFound(String field) {
        AuditChain chain = new AuditChain();
        List<AuditEntry> entries = entries(5);
        entries.set(2, changed(entries.get(2), field));

        assertThat(problem(chain, entries)).hasValueSatisfying(text -> assertThat(text).startsWith("entry 3 is not"));
        assertThat(chain.length()).isEqualTo(2);
    }

    @Test
    void anEntryThatWasMadeAnewDoesNotFitTheNext() {
        AuditChain chain = new AuditChain();
        List<AuditEntry> entries = entries(5);
        entries.set(2, AuditEntry.after(entries.get(1).hash(), 3, TIME, "node:b", "node.report", "", ""));

        assertThat(problem(chain, entries)).hasValueSatisfying(text -> assertThat(text).startsWith("entry 4 is not"));
    }

    @Test
    void removedAndSwappedEntriesAreFound() {
        List<AuditEntry> removed = entries(5);
        removed.remove(1);
        assertThat(problem(new AuditChain(), removed).orElseThrow()).startsWith("entry 3 stands where entry 2 should");

        List<AuditEntry> swapped = entries(5);
        swapped.add(1, swapped.remove(2));
        assertThat(problem(new AuditChain(), swapped).orElseThrow()).startsWith("entry 3 stands where entry 2 should");

        assertThat(problem(new AuditChain(), removed.subList(1, 2))).as("from the middle").isPresent();
    }

    /** Else the words of one field could pass for those of the next. */
    @Test
    void linesStayOneLineAndOfBoundedLength() {
        AuditEntry entry =
                AuditEntry.after(AuditEntry.BEGINNING, 1, TIME, "node:a", "x\ny", "a\u0000\r\nb", "d".repeat(9_999));

        assertThat(entry.act()).isEqualTo("x y");
        assertThat(entry.subject()).isEqualTo("a b");
        assertThat(entry.detail()).hasSize(500);
        assertThat(new AuditChain().add(entry)).isEmpty();
    }

    @Test
    void jsonKeepsWhatIsHashed() {
        AuditEntry entry = entries(1).getFirst();

        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(entry), AuditEntry.class)).isEqualTo(entry);
    }
}
