package dev.hansa.cli.report;

import static dev.hansa.cli.report.HtmlReportTest.parsed;
import static dev.hansa.cli.report.HtmlReportTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.SampleRun;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a report tells of nodes that refused. */
class RefusedNodesReportTest {

    @Test
    void aRunThatFailedBeforeItsFirstRoundHasAReportToo() throws Exception {
        RunResult sample = SampleRun.result("r", 3, List.of("alice"));
        TreeMap<String, String> refused = new TreeMap<>();
        refused.put("bob", "the column RM is missing");
        RunResult result =
                new RunResult(sample.specText(), sample.spec(), List.of(), new RunEvent.Failed("too few nodes"),
                        refused, List.of(), List.of(), new TreeMap<>(), sample.started(), sample.duration(),
                        sample.setting(),
                        Optional.empty());
        assertThat(text(parsed(result))).contains("failed: too few nodes", "0 of 3",
                "bob took no part: the column RM is missing");
    }

    @Test
    void whoRefusedAfterSomeRoundsHadAPartInThem() throws Exception {
        RunResult sample = SampleRun.result("r", 3, List.of("alice", "bob"));
        RunResult result = new RunResult(sample.specText(), sample.spec(), sample.rounds(), sample.outcome(),
                new TreeMap<>(Map.of("bob", "the budget is spent", "carol", "the budget is spent")), List.of(),
                List.of(), sample.trafficByNode(), sample.started(), sample.duration(), sample.setting(),
                Optional.empty());
        assertThat(text(parsed(result))).contains("bob took no part after round 3: the budget is spent",
                "carol took no part: the budget is spent").doesNotContain("bob took no part:");
    }

    /** Who was asked and refused stands in the round's record, too. */
    @Test
    void aRoundInWhichANodeRefusedIsNoneThatItHadAPartIn() throws Exception {
        RunResult sample = SampleRun.result("r", 4, List.of("alice", "bob", "eve"));
        List<RoundRecord> rounds = sample.rounds().stream().map(round -> {
            TreeMap<String, ClientRound> parts = new TreeMap<>(round.clients());
            parts.put("eve", ClientRound.NONE);
            if (round.round() >= 3) {
                parts.put("alice", ClientRound.NONE);
            }
            return new RoundRecord(round.round(), round.training(), round.evaluation(), parts, round.duration());
        }).toList();
        RunResult result = new RunResult(sample.specText(), sample.spec(), rounds, sample.outcome(),
                new TreeMap<>(Map.of("alice", "the budget is spent", "eve", "a sum may be of one")), List.of(),
                List.of(), sample.trafficByNode(), sample.started(), sample.duration(), sample.setting(),
                Optional.empty());
        assertThat(text(parsed(result))).contains("alice took no part from round 3 on: the budget is spent",
                "eve took no part: a sum may be of one");
    }
}
