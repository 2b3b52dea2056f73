package dev.hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndingTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Ending ending = new Ending(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));

    @BeforeEach
    void somebodyReadsObjects() {
        ending.forMachines();
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whoIsInterruptedDoesWhatIsLeftTheLastFirstAndTellsItOnce() {
        List<String> done = new ArrayList<>();
        try (Ending.Duty _ = ending.duty(() -> done.add("first"));
                Ending.Duty _ = ending.lastWords(() -> {
                    done.add("second");
                    return Map.of("run", "r1");
                })) {
            ending.interrupt(143);
            ending.interrupt(143);
        }
        assertThat(done).containsExactly("second", "first");
        assertThat(told()).isEqualTo("{\"error\":\"interrupted\",\"exitCode\":143,\"run\":\"r1\"}\n");
    }

    @Test
    void whatFailsBecauseOfAnInterruptionIsNotTold() {
        try (Ending.Duty _ = ending.duty(() -> {
            ending.tell(Map.of("error", "the coordinator is gone"));
            ending.over();
        })) {
            ending.interrupt(130);
        }
        assertThat(ending.interrupted()).isTrue();
        assertThat(told()).isEqualTo("{\"error\":\"interrupted\",\"exitCode\":130}\n");
    }

    @Test
    void aResultIsTheOnlyObject() {
        ending.tell(Map.of("rounds", 3));
        ending.interrupt(130);
        assertThat(told()).isEqualTo("{\"rounds\":3}\n");
    }

    @Test
    void whoIsInterruptedAfterItsEndTellsNothing() {
        ending.over();
        ending.interrupt(130);
        assertThat(told()).isEmpty();
    }

    @Test
    void aDutyThatFailsKeepsNoOtherFromBeingDone() {
        List<String> done = new ArrayList<>();
        try (Ending.Duty _ = ending.duty(() -> done.add("other")); Ending.Duty _ = ending.duty(() -> {
            throw new IllegalStateException("keys are left in /x");
        })) {
            ending.interrupt(130);
        }
        assertThat(done).containsExactly("other");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("hansa: keys are left in /x\n");
        assertThat(told()).contains("interrupted");
    }

    @Test
    void aDutyThatIsClosedIsNotDone() {
        ending.duty(() -> {
            throw new AssertionError("done");
        }).close();
        ending.interrupt(130);
        assertThat(told()).contains("interrupted");
    }
}
