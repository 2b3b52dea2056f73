package dev.hansa.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkingTest {

    @Test
    void saysWhatTakesAWhileAndLeavesNothing() {
        FakeTerminal terminal = FakeTerminal.watched(40);
        try (Working _ = Working.on(terminal, true, "working out the privacy of run.yaml")) {
            await().untilAsserted(
                    () -> assertThat(terminal.raw()).contains("working out the privacy of run.yaml"));
        }
        assertThat(terminal.lines()).isEmpty();
    }

    @Test
    void isNoWiderThanTheTerminalAndSilentWhereNobodyLooks() {
        FakeTerminal narrow = FakeTerminal.watched(12);
        FakeTerminal file = FakeTerminal.unwatched();
        try (Working _ = Working.on(file, true, "working");
                Working _ = Working.on(narrow, true, "working out much")) {
            await().untilAsserted(() -> assertThat(narrow.lines()).isEqualTo(List.of("working out")));
        }
        assertThat(file.raw()).isEmpty();
    }
}
