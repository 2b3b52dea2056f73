package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.strategy.ServerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastCountedTest {
    private static final int CLIENTS = 150;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itSaysWhatALookThroughAllRoundsSays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LastCounted last = new LastCounted();
        List<RoundRecord> history = new ArrayList<>();
        for (int round = 1; round <= 200; round++) {
            SortedMap<String, ClientRound> clients = new TreeMap<>();
            for (int i = 0; i < 4; i++) {
                clients.put("client-" + random.nextInt(CLIENTS), part(random, round));
            }
            history.add(new RoundRecord(round, Metrics.NONE, Metrics.NONE, clients, Duration.ZERO));
            Checkpoint checkpoint = checkpoint(history);
            for (int client = 0; client < CLIENTS && round % 20 == 0; client++) {
                assertThat(last.of(checkpoint, "client-" + client))
                        .isEqualTo(checkpoint.lastCounted("client-" + client));
            }
        }
        assertThat(last.of(checkpoint(history), "stranger")).isZero();
    }

    /** One in two was counted, some of them after steps that the model had made meanwhile. */
    private static ClientRound part(SplittableRandom random, int round) {
        return new ClientRound(Metrics.NONE, Metrics.NONE, Traffic.NONE, OptionalDouble.empty(),
                random.nextBoolean() ? OptionalDouble.of(5) : OptionalDouble.empty(), OptionalInt.empty(),
                random.nextInt(Math.min(3, round)));
    }

    private static Checkpoint checkpoint(List<RoundRecord> history) {
        return new Checkpoint(
                new ServerState(history.size(), Parameters.zeros(Layout.of()), Collections.emptySortedMap()),
                Preprocessing.identity(RandomTables.REGRESSION), Collections.emptySortedMap(),
                Collections.emptySortedMap(), history);
    }
}
