package dev.hansa.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MetricsCsvTest {

    @Test
    void timeIsToldWhereItIsTheDevices() {
        RoundRecord round = new RoundRecord(3, Metrics.NONE, Metrics.NONE, new TreeMap<>(), Duration.ofMillis(12_500));
        assertThat(MetricsCsv.of(List.of(round), true)).endsWith("value\n3,global,time,seconds,12.5\n");
        assertThat(MetricsCsv.of(List.of(round))).doesNotContain("seconds");
    }

    @Test
    void eachValueHasALine() {
        Metrics training = new Metrics(new TreeMap<>(Map.of("loss", 0.1, "examples", 298.0)));
        Metrics evaluation = new Metrics(new TreeMap<>(Map.of("rmse", 4.463031922548991)));
        RoundRecord round = new RoundRecord(7, training, evaluation,
                new TreeMap<>(Map.of("a, \"b\"", new ClientRound(training, Metrics.NONE, new Traffic(9, 100, 300)))),
                Duration.ZERO);

        assertThat(MetricsCsv.of(List.of(round))).isEqualTo("""
                round,scope,phase,metric,value
                7,global,training,examples,298.0
                7,global,training,loss,0.1
                7,global,evaluation,rmse,4.463031922548991
                7,global,traffic,bytesToNode,9
                7,global,traffic,bytesFromNode,100
                7,global,traffic,bytesFromNodeUncompressed,400
                7,"a, ""b""\",training,examples,298.0
                7,"a, ""b""\",training,loss,0.1
                7,"a, ""b""\",traffic,bytesToNode,9
                7,"a, ""b""\",traffic,bytesFromNode,100
                7,"a, ""b""\",traffic,bytesFromNodeUncompressed,400
                """);
    }

    @Test
    void aPartialUpdateHasItsShareAndTheRoundTheirNumber() {
        Metrics training = new Metrics(new TreeMap<>(Map.of("loss", 0.1)));
        RoundRecord round = new RoundRecord(7, training, Metrics.NONE, new TreeMap<>(Map.of("alice",
                new ClientRound(training, Metrics.NONE, Traffic.NONE), "bob",
                new ClientRound(training, Metrics.NONE, Traffic.NONE, OptionalDouble.of(0.25)))), Duration.ZERO);

        assertThat(MetricsCsv.of(List.of(round))).isEqualTo("""
                round,scope,phase,metric,value
                7,global,training,loss,0.1
                7,global,training,partialUpdates,1
                7,alice,training,loss,0.1
                7,bob,training,loss,0.1
                7,bob,training,shareDone,0.25
                """);
    }

    @Test
    void anUpdateThatBeganFromAnOlderModelSaysSo() {
        Metrics training = new Metrics(new TreeMap<>(Map.of("loss", 0.1)));
        RoundRecord round = new RoundRecord(7, training, Metrics.NONE, new TreeMap<>(Map.of("alice",
                new ClientRound(training, Metrics.NONE, Traffic.NONE, OptionalDouble.empty(), OptionalDouble.of(3),
                        OptionalInt.empty(), 4))),
                Duration.ZERO);

        assertThat(MetricsCsv.of(List.of(round))).isEqualTo("""
                round,scope,phase,metric,value
                7,global,training,loss,0.1
                7,global,training,asked,0
                7,alice,training,loss,0.1
                7,alice,training,staleness,4
                """);
    }

    @Test
    void discardedUpdatesAreCountedAndTheirNodesNamedAndThoseWhoWereAsked() {
        Metrics training = new Metrics(new TreeMap<>(Map.of("loss", 0.1)));
        RoundRecord round = new RoundRecord(7, training, Metrics.NONE, new TreeMap<>(Map.of("alice",
                new ClientRound(training, Metrics.NONE, Traffic.NONE))), Duration.ZERO,
                new TreeMap<>(Map.of("bob", "why", "car, ol", "why")), new TreeSet<>(List.of("alice", "bob")));

        assertThat(MetricsCsv.of(List.of(round))).isEqualTo("""
                round,scope,phase,metric,value
                7,global,training,loss,0.1
                7,global,training,discardedUpdates,2
                7,global,training,asked,2
                7,alice,training,loss,0.1
                7,alice,training,asked,1
                7,bob,training,asked,1
                7,bob,training,discardedUpdates,1
                7,"car, ol",training,discardedUpdates,1
                """);
    }
}
