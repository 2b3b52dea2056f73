package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Failures.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final Failures failures = new Failures();

    private void fail(int round, String client, String reason) {
        failures.add(new RunEvent.ClientFailed(round, client, reason));
    }

    @Test
    void reasonsThatDifferInNumbersAloneAreOneKindAndTheMostFrequentComesFirst() {
        fail(1, "alice", "no disk");
        fail(2, "bob", "the loss is 1.5e30");
        fail(4, "carol", "the loss is 7");
        failures.add(new RunEvent.ClientFailed(4, "carol", "no disk", true));

        assertThat(failures.list()).containsExactly(
                new Failure("the loss is 1.5e30", false, List.of("bob", "carol"), false, 2, 2, 4),
                new Failure("no disk", false, List.of("alice"), false, 1, 1, 1),
                new Failure("no disk", true, List.of("carol"), false, 1, 4, 4));
    }

    @Test
    void howeverManyFailForWhateverReasonsItStaysShort() {
        for (int i = 0; i < 1000; i++) {
            fail(1 + i / 100, "node" + i, "reason " + (char) ('a' + i % 26) + "x".repeat(i));
            fail(1, "node" + i, "always the same");
        }

        assertThat(failures.list()).hasSize(21).allSatisfy(failure -> {
            assertThat(failure.reason()).hasSizeLessThanOrEqualTo(301);
            assertThat(failure.clients()).hasSizeLessThanOrEqualTo(5);
        });
        assertThat(failures.list()).extracting(Failure::reason).contains("other reasons", "always the same");
        assertThat(failures.list().stream().mapToInt(Failure::times).sum()).isEqualTo(2000);
    }
}
