package dev.hansa.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
    @Test
    void whatWasNotUsedForLongestIsForgotten() {
        Recent<Integer, String> recent = new Recent<>();
        for (int key = 0; key < Recent.MOST; key++) {
            recent.put(key, "");
        }
        assertThat(recent.get(0)).isNotNull();
        recent.put(Recent.MOST, "");
        assertThat(recent).hasSize(Recent.MOST).containsKeys(0, Recent.MOST).doesNotContainKey(1);
    }
}
