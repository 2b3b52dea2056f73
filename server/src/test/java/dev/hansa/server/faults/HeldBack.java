package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.model.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sees what one node holds back of its updates, over all its lives: what was kept is what the next round begins with, and a
 * round that is trained again begins as it began before. So nothing is lost, and nothing is sent twice.
 */
final class HeldBack {
    private final String node;
    private final Scheduler scheduler;
    private final Tally tally;
    private final boolean partial;
    /** Was to be kept; whether it was is not known of what a crash or a full disk came between. */
    private final TreeMap<Integer, List<Parameters>> meant = new TreeMap<>();
    private final TreeMap<Integer, Parameters> kept = new TreeMap<>();
    private final Map<Integer, Optional<Parameters>> begins = new HashMap<>();

    /** @param partial whether the node trains as much as it has the time for, each time something else */
    HeldBack(String node, Scheduler scheduler, Tally tally, boolean partial) {
        this.node = node;
        this.scheduler = scheduler;
        this.tally = tally;
        this.partial = partial;
    }

    /** What the round began with. */
    Optional<Parameters> before(int round) {
        return begins.getOrDefault(round, Optional.empty());
    }

    /** The same as those, with somebody who looks on. */
    ClientMemory watched(ClientMemory memory) {
        return new ClientMemory() {
            @Override
            public Optional<Parameters> before(String run, int round) {
                Optional<Parameters> told = memory.before(run, round);
                scheduler.requireAlive();
                scheduler.judge(() -> begins(round, told));
                return told;
            }

            @Override
            public void keep(String run, int round, Parameters residual) {
                scheduler.judge(() -> means(round, residual));
                memory.keep(run, round, residual);
                scheduler.requireAlive();
                kept.put(round, residual);
            }
        };
    }

    private void begins(int round, Optional<Parameters> told) {
        Optional<Parameters> before = begins.putIfAbsent(round, told);
        if (before != null) {
            tally.count(Mishap.TRAINED_AGAIN);
            assertThat(told).as("what round %d of %s begins with, as before", round, node).isEqualTo(before);
        }
        Map.Entry<Integer, Parameters> last = kept.lowerEntry(round);
        boolean isLast = told.equals(Optional.ofNullable(last).map(Map.Entry::getValue));
        boolean isLater = told.isPresent()
                && meant.subMap(last == null ? 0 : last.getKey(), true, round, false).values().stream()
                        .anyMatch(some -> some.contains(told.get()));
        assertThat(isLast || isLater).as("round %d of %s begins with what was held back last, in round %s", round, node,
                last == null ? "none" : last.getKey()).isTrue();
        told.ifPresent(some -> tally.count(Mishap.HELD_BACK_SENT));
    }

    private void means(int round, Parameters residual) {
        List<Parameters> all = meant.computeIfAbsent(round, none -> new ArrayList<>());
        all.add(residual);
        assertThat(partial || residual.equals(all.getFirst()))
                .as("%s holds back the same when it trains round %d again", node, round).isTrue();
    }
}
