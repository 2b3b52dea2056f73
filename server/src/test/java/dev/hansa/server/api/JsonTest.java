package dev.hansa.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void wordsAreWrittenInLowerCaseAndReadInAny() {
        assertThat(Json.mapper().writeValueAsString(RunState.FINISHED)).isEqualTo("\"finished\"");
        assertThat(Json.mapper().readValue("\"finished\"", RunState.class)).isEqualTo(RunState.FINISHED);
        assertThat(Json.mapper().readValue("\"FINISHED\"", RunState.class)).isEqualTo(RunState.FINISHED);
        RunEvent answered = new RunEvent.ClientAnswered(1, "alice", RunEvent.Phase.FIT, new Traffic(1, 2));
        assertThat(Json.mapper().writerFor(RunEvent.class).writeValueAsString(answered))
                .contains("\"phase\":\"fit\"");
    }

    @Test
    void aPartialUpdateIsToldByItsShareAndOthersByNothing() {
        ClientRound whole = new ClientRound(Metrics.NONE, Metrics.NONE, Traffic.NONE);
        ClientRound partial = new ClientRound(Metrics.NONE, Metrics.NONE, Traffic.NONE, OptionalDouble.of(0.25));
        for (ClientRound part : List.of(whole, partial)) {
            String json = Json.mapper().writeValueAsString(part);
            assertThat(json).contains(part.equals(whole) ? "\"partial\":null" : "\"partial\":0.25");
            assertThat(Json.mapper().readValue(json, ClientRound.class)).isEqualTo(part);
        }
        assertThat(Json.mapper().readValue("{\"training\":{},\"evaluation\":{},\"traffic\":{\"sent\":0,"
                + "\"received\":0,\"saved\":0}}", ClientRound.class)).as("of an earlier version").isEqualTo(whole);
    }

    @Test
    void discardedUpdatesOfARoundAreToldByNode() {
        RoundRecord round = new RoundRecord(3, Metrics.NONE, Metrics.NONE, new TreeMap<>(), Duration.ZERO,
                new TreeMap<>(Map.of("bob", "it is not finite")), new TreeSet<>(List.of("alice", "bob")));
        String json = Json.mapper().writeValueAsString(round);
        String discarded = ",\"discarded\":{\"bob\":\"it is not finite\"}";
        assertThat(json).contains(discarded);
        assertThat(Json.mapper().readValue(json, RoundRecord.class)).isEqualTo(round);
        assertThat(Json.mapper().readValue(json.replace(discarded, ""), RoundRecord.class).discarded())
                .as("of an earlier version").isEmpty();
        String asked = ",\"asked\":[\"alice\",\"bob\"]";
        assertThat(json).contains(asked);
        assertThat(Json.mapper().readValue(json.replace(asked, ""), RoundRecord.class).asked())
                .as("of an earlier version").isEmpty();
    }

    @Test
    void aLateAnswerIsAnEvent() {
        RunEvent late = new RunEvent.ClientLate(3, "bob", RunEvent.Phase.FIT, Duration.ofMillis(12_300));
        String json = Json.mapper().writerFor(RunEvent.class).writeValueAsString(late);
        assertThat(json).contains("\"type\":\"clientLate\"", "\"late\":\"PT12.3S\"");
        assertThat(Json.mapper().readValue(json, RunEvent.class)).isEqualTo(late);
    }

    @Test
    void aFailureOfAnEarlierVersionWasNoPostponement() {
        RunEvent read = Json.mapper().readValue(
                "{\"type\":\"clientFailed\",\"round\":2,\"client\":\"bob\",\"reason\":\"why\"}", RunEvent.class);
        assertThat(read).isEqualTo(new RunEvent.ClientFailed(2, "bob", "why"));
        RunEvent later = new RunEvent.ClientFailed(2, "bob", "why", true);
        assertThat(Json.mapper().readValue(Json.mapper().writerFor(RunEvent.class).writeValueAsString(later),
                RunEvent.class)).isEqualTo(later);
    }

    @Test
    void aWaitingEventNeedNotTellForWhat() {
        RunEvent read = Json.mapper().readValue("{\"type\":\"waiting\",\"needed\":2,\"present\":[]}", RunEvent.class);
        assertThat(read).isInstanceOfSatisfying(RunEvent.Waiting.class,
                waiting -> assertThat(waiting.waitsFor()).isEmpty());
    }
}
