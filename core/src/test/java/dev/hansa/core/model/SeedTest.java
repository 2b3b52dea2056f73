package dev.hansa.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTest {

    @Test
    void streamsStayWhatTheyAreFromReleaseToRelease() {
        assertThat(new Seed(42).derive("cohort").derive(1).value()).isEqualTo(735840982996898420L);
        assertThat(new Seed(42).random().nextLong()).as("SplitMix64").isEqualTo(0xBDD732262FEB6E95L);
    }

    @Test
    void purposesAndNumbersHaveSeedsOfTheirOwn() {
        Set<Seed> seeds = new HashSet<>();
        for (long value = 0; value < 20; value++) {
            for (String purpose : new String[]{"", "a", "b", "ab", "ba"}) {
                for (long number = -20; number < 20; number++) {
                    seeds.add(new Seed(value).derive(purpose).derive(number));
                }
            }
        }

        assertThat(seeds).hasSize(20 * 5 * 40);
    }
}
