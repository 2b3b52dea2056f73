package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.model.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sees what one node holds back of its updates, over all its lives: what was kept of the last round that counts is what the
 * next begins with, and a round that is trained again begins as it began before. So nothing is lost, and nothing is sent
 * twice.
 */
final class HeldBack {
    private final String node;
    private final Scheduler scheduler;
    private final Tally tally;
    private final boolean partial;
    /** Was to be kept; whether it was is not known of what a crash or a full disk came between. */
    private final Map<Integer, List<Parameters>> meant = new HashMap<>();
    private final Map<Integer, Parameters> kept = new HashMap<>();
    private final Map<Integer, Optional<Parameters>> begins = new HashMap<>();

    /** @param partial whether the node trains as much as it has the time for, each time something else */
    HeldBack(String node, Scheduler scheduler, Tally tally, boolean partial) {
        this.node = node;
        this.scheduler = scheduler;
        this.tally = tally;
        this.partial = partial;
    }

    /** What a round began with that came after that one, the last that counted. */
    Optional<Parameters> of(int counted) {
        return begins.getOrDefault(counted, Optional.empty());
    }

    /** The same as those, with somebody who looks on. */
    ClientMemory watched(ClientMemory memory) {
        return new ClientMemory() {
            @Override
            public Optional<Parameters> of(String run, int round) {
                Optional<Parameters> told = memory.of(run, round);
                scheduler.requireAlive();
                scheduler.judge(() -> begins(round, told));
                return told;
            }

            @Override
            public void keep(String run, int counted, int round, Parameters residual) {
                scheduler.judge(() -> means(round, residual));
                memory.keep(run, counted, round, residual);
                scheduler.requireAlive();
                kept.put(round, residual);
            }

            @Override
            public void keepTold(String run, String what, Parameters told) {
                memory.keepTold(run, what, told);
                scheduler.requireAlive();
            }

            @Override
            public Optional<Parameters> told(String run, String what) {
                return memory.told(run, what);
            }

            @Override
            public void keepPersonal(String run, int round, Parameters model) {
                memory.keepPersonal(run, round, model);
            }

            @Override
            public Optional<Parameters> personal(String run) {
                return memory.personal(run);
            }
        };
    }

    private void begins(int counted, Optional<Parameters> told) {
        Optional<Parameters> before = begins.putIfAbsent(counted, told);
        if (before != null) {
            tally.count(Mishap.TRAINED_AGAIN);
            assertThat(told).as("what a round of %s after round %d begins with, as before", node, counted)
                    .isEqualTo(before);
        }
        boolean isLast = told.equals(Optional.ofNullable(kept.get(counted)));
        boolean isMeant = told.isPresent() && meant.getOrDefault(counted, List.of()).contains(told.get());
        assertThat(isLast || isMeant).as("%s begins with what was held back last of what counts, in round %d", node,
                counted).isTrue();
        told.ifPresent(some -> tally.count(Mishap.HELD_BACK_SENT));
    }

    private void means(int round, Parameters residual) {
        List<Parameters> all = meant.computeIfAbsent(round, none -> new ArrayList<>());
        all.add(residual);
        assertThat(partial || residual.equals(all.getFirst()))
                .as("%s holds back the same when it trains round %d again", node, round).isTrue();
    }
}
