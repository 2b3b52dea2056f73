package dev.hansa.server.store;

import dev.hansa.wire.Sha256;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The table of the states of earlier rounds that are still wanted. */
final class PastStates {
    private PastStates() {}

    /** Before a newer state takes the last one's place: keeps those of the wanted rounds, and no others. */
    static void keep(Handle handle, String run, Set<Integer> wanted, int next) {
        handle.execute("insert or ignore into past_states (run, round, state_sha256)"
                + " select run, round, state_sha256 from checkpoints where run = ? and round < ?", run, next);
        handle.select("select round from past_states where run = ?", run).mapTo(Integer.class).list().stream()
                .filter(round -> round >= next || !wanted.contains(round)).forEach(round -> handle
                        .execute("delete from past_states where run = ? and round = ?", run, round));
    }

    /** The state after that round, if it is the last or kept. */
    static Optional<Sha256> find(Handle handle, String run, int round) {
        return handle.select("select state_sha256 from checkpoints where run = ? and round = ?"
                + " union select state_sha256 from past_states where run = ? and round = ?", run, round, run, round)
                .map((row, context) -> Sha256.parse(row.getString("state_sha256"))).findFirst();
    }
}
