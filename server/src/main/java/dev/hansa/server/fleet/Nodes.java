package dev.hansa.server.fleet;

import dev.hansa.server.store.NodeRow;
import dev.hansa.server.store.NodeStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Who has joined, and who is there.
 *
 * <p>A node is there while it waits for work or transfers something, and {@link #PATIENCE} longer; until it leaves or is
 * removed. Safe for several threads.
 */
public final class Nodes {
    /** How long a node that is silent still counts as there. */
    public static final Duration PATIENCE = Duration.ofSeconds(45);
    /** How exactly the table tells when a node was seen. */
    private static final Duration SEEN_STEP = Duration.ofMinutes(10);
    private static final Duration COUNT_STEP = Duration.ofSeconds(1);

    private final NodeStore table;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Lock lock;
    private final Condition changed;
    private final SortedMap<String, Presence> nodes = new TreeMap<>();
    private boolean counted;
    private long countedNanos;
    private int count;

    /**
     * Those of the table; none of them is there yet.
     *
     * @param lock  this object's own
     * @param nanos a clock that only goes forward, as that of the lock's conditions
     */
    public Nodes(NodeStore table, Clock clock, Lock lock, LongSupplier nanos) {
        this.table = table;
        this.clock = clock;
        this.lock = lock;
        this.changed = lock.newCondition();
        this.nanos = nanos;
        table.all().forEach(row -> nodes.put(row.name(), new Presence(row)));
    }

    /** The node, also if it was removed. */
    public Optional<NodeRow> find(String name) {
        return locked(() -> Optional.ofNullable(nodes.get(name)).map(node -> node.row));
    }

    /** All nodes but the removed, by name, with whether each is there. */
    public Map<NodeRow, Boolean> all() {
        return locked(() -> {
            Map<NodeRow, Boolean> all = new LinkedHashMap<>();
            nodes.values().stream().filter(node -> !node.row.removed())
                    .forEach(node -> all.put(node.row.seen(node.lastSeen()), node.present()));
            return all;
        });
    }

    /** A node has joined. */
    public void joined(NodeRow row) {
        change(() -> nodes.computeIfAbsent(row.name(), name -> new Presence(row)).left = false);
        seen(row.name(), Long.MIN_VALUE);
    }

    /**
     * A node has started and tells what it is. It is there then, unless it has left just now and had signed this before: it
     * is read late. Later such a stamp can only be that of a clock that was set back.
     *
     * @param signed when, by its own clock, in milliseconds since 1970
     */
    public void hello(String name, String version, List<String> dataSets, long signed) {
        Instant now = clock.instant();
        table.hello(name, version, dataSets, now);
        change(() -> {
            Presence node = node(name);
            node.row = node.row.hello(version, dataSets, now);
            if (!node.hasLeftSince(signed)) {
                node.left = false;
                node.begun = signed;
            }
            changed.signalAll();
        });
        seen(name, signed);
    }

    /**
     * A node has sent a request. Who has left is back with what it signs afterwards: a request that it sent before may be
     * read later than that it leaves.
     *
     * @param signed when, by its own clock, in milliseconds since 1970
     */
    public void seen(String name, long signed) {
        Instant now = clock.instant();
        boolean note = locked(() -> {
            Presence node = node(name);
            if (!node.present()) {
                changed.signalAll();
            }
            node.seen();
            node.left &= signed <= node.parted;
            node.lastSeen = now;
            boolean old = Duration.between(node.row.lastSeen(), now).abs().compareTo(SEEN_STEP) >= 0;
            node.row = old ? node.row.seen(now) : node.row;
            return old;
        });
        if (note) {
            table.seen(name, now);
        }
    }

    /** A request of the node has begun that may take long: the node is there until {@link #waited}. */
    public void waits(String name) {
        change(() -> node(name).waiting++);
    }

    /**
     * A request that might have taken long is over.
     *
     * @param away so long it was told to stay away if it likes: it is there meanwhile
     */
    public void waited(String name, Duration away) {
        change(() -> {
            Presence node = node(name);
            node.waiting--;
            if (!node.left) {
                node.seen();
                node.lastNanos += away.toNanos();
                node.lastSeen = clock.instant();
            }
        });
    }

    /** How many are there, or were a second ago: each node that finds no work asks, and counting asks each node. */
    public int presentCount() {
        return locked(() -> {
            long now = nanos.getAsLong();
            if (!counted || now - countedNanos > COUNT_STEP.toNanos()) {
                count = (int) nodes.values().stream().filter(Presence::present).count();
                countedNanos = now;
                counted = true;
            }
            return count;
        });
    }

    /**
     * A node stops for now; unless it has started again since, and this is read late.
     *
     * @param signed when, by its own clock, in milliseconds since 1970
     */
    public void leave(String name, long signed) {
        change(() -> {
            Presence node = node(name);
            if (signed >= node.begun) {
                node.left = true;
                node.parted = signed;
                node.partedNanos = nanos.getAsLong();
                changed.signalAll();
            }
        });
    }

    /** A node may not come back. */
    public void remove(String name) {
        table.remove(name, clock.instant());
        change(() -> {
            Presence node = node(name);
            node.row = node.row.remove();
            changed.signalAll();
        });
    }

    /** Those of the nodes that are not there, with when each was last seen, if it was since this process began. */
    SortedMap<String, Optional<Instant>> absent(Set<String> names) {
        return locked(() -> {
            SortedMap<String, Optional<Instant>> absent = new TreeMap<>();
            nodes.forEach((name, node) -> {
                if (names.contains(name) && !node.present()) {
                    absent.put(name, node.heardOf ? Optional.of(node.lastSeen()) : Optional.empty());
                }
            });
            return absent;
        });
    }

    /** The time, as it is told to people. */
    Instant now() {
        return clock.instant();
    }

    private Presence node(String name) {
        Presence node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node is called " + name);
        }
        return node;
    }

    /** Whether the node has left or was removed; who was not heard of since this process began may come back. */
    boolean gone(String name) {
        return locked(() -> {
            Presence node = nodes.get(name);
            return node == null || node.left || node.row.removed();
        });
    }

    /** Those who are there and serve the data set. */
    public SortedSet<String> present(String dataSet) {
        return locked(() -> presentNow(dataSet));
    }

    private SortedSet<String> presentNow(String dataSet) {
        SortedSet<String> present = new TreeSet<>();
        nodes.forEach((name, node) -> {
            if (node.present() && node.row.dataSets().contains(dataSet)) {
                present.add(name);
            }
        });
        return present;
    }

    /** What it takes for so many others to be there. */
    Shortage shortage(String dataSet, int wanted, Set<String> excluded) {
        return locked(() -> {
            SortedSet<String> serving = presentNow(dataSet);
            SortedSet<String> leftOut = new TreeSet<>(serving);
            leftOut.retainAll(excluded);
            serving.removeAll(excluded);
            return new Shortage(wanted, dataSet, serving, leftOut, nodes.values().stream()
                    .filter(node -> node.present() && !node.row.dataSets().contains(dataSet)).map(node -> node.row)
                    .toList());
        });
    }

    /**
     * Waits until so many others are there, or nobody wants to know any more.
     *
     * @param lack is told each time there are too few, under this object's lock
     */
    SortedSet<String> await(String dataSet, int wanted, Set<String> excluded, BooleanSupplier over,
            Consumer<Shortage> lack) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                SortedSet<String> present = presentNow(dataSet);
                present.removeAll(excluded);
                if (present.size() >= wanted || over.getAsBoolean()) {
                    return present;
                }
                lack.accept(shortage(dataSet, wanted, excluded));
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all of them are there, the patience is over, or nobody wants to know any more. */
    void awaitAll(String dataSet, Set<String> wanted, Duration patience, BooleanSupplier over)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (left > 0 && !over.getAsBoolean() && !presentNow(dataSet).containsAll(wanted)) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets those who wait look again. */
    void wake() {
        change(changed::signalAll);
    }

    private void change(Runnable action) {
        locked(() -> {
            action.run();
            return nodes;
        });
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** What is known of one node, beside its row; touched under the lock alone. */
    private final class Presence {
        private NodeRow row;
        private int waiting;
        private boolean heardOf;
        private boolean left;
        /** By the node's clock: when it said hello last, and when that it leaves. */
        private long begun = Long.MIN_VALUE;
        private long parted = Long.MIN_VALUE;
        /** When that it leaves was read. */
        private long partedNanos;
        private long lastNanos;
        private Instant lastSeen;

        Presence(NodeRow row) {
            this.row = row;
            this.lastSeen = row.lastSeen();
        }

        /** Who waits is seen all the time. */
        Instant lastSeen() {
            return waiting > 0 && present() ? clock.instant() : lastSeen;
        }

        /** Whether it left a moment ago, after it had signed that. */
        boolean hasLeftSince(long signed) {
            return left && signed <= parted && nanos.getAsLong() - partedNanos < PATIENCE.toNanos();
        }

        void seen() {
            heardOf = true;
            lastNanos = nanos.getAsLong();
        }

        boolean present() {
            return heardOf && !left && !row.removed()
                    && (waiting > 0 || nanos.getAsLong() - lastNanos < PATIENCE.toNanos());
        }
    }
}
