package dev.hansa.cli.command.node;

import dev.hansa.client.ledger.LedgerEntry;
import dev.hansa.client.ledger.LedgerRecord;
import dev.hansa.client.ledger.Spending;
import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.core.privacy.event.Composed;
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
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a ledger comes to, record by record. */
final class LedgerBook {
    /** So many of the newest records are shown if nobody asks for all. */
    static final int USUAL = 10;

    private final int most;
    private final SortedMap<String, Account> sets = new TreeMap<>();
    private final Deque<LedgerRecord> last = new ArrayDeque<>();
    private Optional<LedgerRecord> head = Optional.empty();

    /** @param most of the newest records to keep */
    LedgerBook(int most) {
        this.most = most;
    }

    void add(LedgerRecord record) {
        head = Optional.of(record);
        last.addLast(record);
        if (last.size() > most) {
            last.removeFirst();
        }
        sets.computeIfAbsent(record.entry().dataSet(), set -> new Account()).add(record.entry());
    }

    Optional<LedgerRecord> head() {
        return head;
    }

    /** How many records there are. */
    long records() {
        return head.map(LedgerRecord::sequence).orElse(0L);
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
        /** More updates than that are not told apart. */
        static final int MANY = 1000;
        private static final DpEvent NOTHING = new Composed(List.of());

        private final Map<Told, Integer> counts = new TreeMap<>();
        private final Map<String, Account> runs = new LinkedHashMap<>();
        private final Map<DpEvent, Long> events = new LinkedHashMap<>();
        private final Map<DpEvent, Long> rowEvents = new LinkedHashMap<>();
        private final Set<String> signers = new TreeSet<>();
        private Optional<LedgerEntry> lastUpdate = Optional.empty();
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
            if (entry.told() == Told.UPDATE && !entry.event(Unit.ROW).equals(NOTHING)) {
                lastUpdate = Optional.of(entry);
            }
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
            return spending(unit).epsilon(withDelta);
        }

        private Spending spending(Unit unit) {
            Spending spending = Spending.none();
            for (Map.Entry<DpEvent, Long> entry : (unit == Unit.ROW ? rowEvents : events).entrySet()) {
                spending = spending.plus(new SelfComposed(entry.getKey(), entry.getValue()));
            }
            return spending;
        }

        /** Whether its last update paid for all rounds of its run. */
        boolean paysForRuns() {
            return lastUpdate.filter(entry -> entry.event() instanceof SelfComposed).isPresent();
        }

        /**
         * For how many more updates that cost what the last one did a budget lasts; {@link #MANY} for as many or more, empty if
         * none cost a part of it. An update that paid for all rounds of its run stands for a run.
         */
        OptionalInt lastsFor(double most, double withDelta, Unit unit) {
            Spending spent = spending(unit);
            if (lastUpdate.isEmpty() || Double.isInfinite(spent.epsilon(withDelta))) {
                return OptionalInt.empty();
            }
            DpEvent update = lastUpdate.get().event(unit);
            int enough = 0;
            int tooMany = MANY + 1;
            for (int more = 1; tooMany - enough > 1; more = tooMany > MANY ? Math.min(2 * more, MANY)
                    : (enough + tooMany) / 2) {
                if (spent.plus(new SelfComposed(update, more)).epsilon(withDelta) <= most) {
                    enough = more;
                } else {
                    tooMany = more;
                }
            }
            return OptionalInt.of(enough);
        }
    }
}
