package dev.hansa.cli.command.node;

import dev.hansa.client.ledger.LedgerEntry;
import dev.hansa.client.ledger.LedgerRecord;
import dev.hansa.client.ledger.Spending;
import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.SelfComposed;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a ledger comes to, record by record. */
final class LedgerBook {
    private static final int LAST = 10;

    private final SortedMap<String, Account> sets = new TreeMap<>();
    private final Deque<LedgerRecord> last = new ArrayDeque<>();
    private Optional<LedgerRecord> head = Optional.empty();

    void add(LedgerRecord record) {
        head = Optional.of(record);
        last.addLast(record);
        if (last.size() > LAST) {
            last.removeFirst();
        }
        sets.computeIfAbsent(record.entry().dataSet(), set -> new Account()).add(record.entry());
    }

    Optional<LedgerRecord> head() {
        return head;
    }

    /** By data set. */
    SortedMap<String, Account> sets() {
        return sets;
    }

    /** The newest records, the newest last. */
    List<LedgerRecord> last() {
        return List.copyOf(last);
    }

    /** What was told, of a data set or to one run of it. */
    static final class Account {
        private final Map<Told, Integer> counts = new TreeMap<>();
        private final Map<String, Account> runs = new LinkedHashMap<>();
        private final Map<DpEvent, Long> events = new LinkedHashMap<>();
        private final Map<DpEvent, Long> rowEvents = new LinkedHashMap<>();
        private final Set<String> signers = new TreeSet<>();
        private double delta;
        private Instant latest = Instant.EPOCH;

        private void add(LedgerEntry entry) {
            count(entry);
            runs.computeIfAbsent(entry.run(), run -> new Account()).count(entry);
        }

        private void count(LedgerEntry entry) {
            counts.merge(entry.told(), 1, Integer::sum);
            events.merge(entry.event(), 1L, Long::sum);
            rowEvents.merge(entry.event(Unit.ROW), 1L, Long::sum);
            entry.signer().ifPresent(signers::add);
            delta = entry.delta();
            latest = entry.time();
        }

        int count(Told told) {
            return counts.getOrDefault(told, 0);
        }

        /** Whose signed files asked for it; the public keys. */
        Set<String> signers() {
            return Collections.unmodifiableSet(signers);
        }

        /** In the order of their first records. */
        Map<String, Account> runs() {
            return runs;
        }

        /** For which the newest record states what was spent. */
        double delta() {
            return delta;
        }

        Instant latest() {
            return latest;
        }

        double epsilon(double withDelta, Unit unit) {
            Spending spending = Spending.none();
            for (Map.Entry<DpEvent, Long> entry : (unit == Unit.ROW ? rowEvents : events).entrySet()) {
                spending = spending.plus(new SelfComposed(entry.getKey(), entry.getValue()));
            }
            return spending.epsilon(withDelta);
        }
    }
}
