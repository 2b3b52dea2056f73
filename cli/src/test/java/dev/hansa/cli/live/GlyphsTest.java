package dev.hansa.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GlyphsTest {
    private final Glyphs glyphs = Glyphs.of(FakeTerminal.watched(80));

    @Test
    void theSparklineReachesFromTheLowestToTheHighestLevel() {
        assertThat(glyphs.sparkline(new double[]{0, 1, 2, 3, 4, 5, 6, 7}, 20)).isEqualTo("▁▂▃▄▅▆▇█");
    }

    @Test
    void manyValuesShareColumns() {
        assertThat(glyphs.sparkline(new double[]{9, 7, 1, 3, 5, 5}, 3)).isEqualTo("█▁▅");
    }

    @Test
    void equalValuesAndNoValuesAreDrawnToo() {
        assertThat(glyphs.sparkline(new double[]{3, 3}, 5)).isEqualTo("▁▁");
        assertThat(glyphs.sparkline(new double[0], 5)).isEmpty();
    }

    @Test
    void theBarIsFilledByItsShare() {
        assertThat(glyphs.bar(0.25, 8)).containsExactly("━━", "──────");
        assertThat(glyphs.bar(7, 2)).containsExactly("━━", "");
    }
}
