package dev.hansa.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.Traffic;
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
    void aWaitingEventNeedNotTellForWhat() {
        RunEvent read = Json.mapper().readValue("{\"type\":\"waiting\",\"needed\":2,\"present\":[]}", RunEvent.class);
        assertThat(read).isInstanceOfSatisfying(RunEvent.Waiting.class,
                waiting -> assertThat(waiting.waitsFor()).isEmpty());
    }
}
