package dev.hansa.core.coordinator.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Metrics;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SpreadTest {

    private static RoundRecord round(String metric, double... values) {
        SortedMap<String, ClientRound> clients = new TreeMap<>();
        clients.put("none", ClientRound.NONE);
        for (int i = 0; i < values.length; i++) {
            clients.put("client-" + (char) ('a' + i), new ClientRound(Metrics.NONE,
                    new Metrics(new TreeMap<>(Map.of(metric, values[i]))), Traffic.NONE));
        }
        return new RoundRecord(1, Metrics.NONE, Metrics.NONE, clients, Duration.ZERO);
    }

    /** By hand: of five values the tenth lies 0.4, the ninetieth 3.6 places behind the first. */
    @Test
    void percentilesLieBetweenClients() {
        Spread spread = Spread.of(round(Metrics.ACCURACY, 0.9, 0.5, 0.7, 0.8, 0.6), Metrics.ACCURACY).orElseThrow();

        assertThat(spread.clients()).isEqualTo(5);
        assertThat(spread.least()).isEqualTo(0.5);
        assertThat(spread.tenth()).isCloseTo(0.54, within(1e-12));
        assertThat(spread.median()).isEqualTo(0.7);
        assertThat(spread.ninetieth()).isCloseTo(0.86, within(1e-12));
        assertThat(spread.most()).isEqualTo(0.9);
    }

    @Test
    void theWorstIsTheSmallestAccuracyOrTheLargestError() {
        assertThat(Spread.of(round(Metrics.ACCURACY, 0.9, 0.5, 0.5), Metrics.ACCURACY).orElseThrow().worst())
                .isEqualTo("client-b");
        assertThat(Spread.of(round(Metrics.RMSE, 3, 9, 2), Metrics.RMSE).orElseThrow().worst()).isEqualTo("client-b");
    }

    @Test
    void oneClientIsAllAndNobodyIsNothing() {
        assertThat(Spread.of(round(Metrics.RMSE, 3), Metrics.RMSE)).hasValue(new Spread(1, 3, 3, 3, 3, 3, "client-a"));
        assertThat(Spread.of(round(Metrics.RMSE, 3), Metrics.MAE)).isEmpty();
    }
}
