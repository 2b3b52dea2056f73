package dev.hansa.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void theLogHearsOfItAtOnceAndThenEveryFewSecondsOfAll() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // which may overflow
        List<Long> log = new ArrayList<>();
        Tally tally = new Tally(nanos::get);
        for (int i = 0; i < 5; i++) {
            tally.note(log::add);
        }
        assertThat(log).containsExactly(1L);
        nanos.addAndGet(Tally.EVERY.toNanos() - 1);
        tally.note(log::add);
        nanos.addAndGet(1);
        tally.note(log::add);
        assertThat(log).containsExactly(1L, 6L);
    }
}
