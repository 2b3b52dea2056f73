package dev.hansa.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Traffic;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FormatTest {

    @Test
    void numbersHaveFourSignificantDigits() {
        assertThat(Format.number(4.46303)).isEqualTo("4.463");
        assertThat(Format.number(0.123456)).isEqualTo("0.1235");
        assertThat(Format.number(-1234.56)).isEqualTo("-1235");
        assertThat(Format.number(0)).isEqualTo("0");
        assertThat(Format.number(0.0912345)).isEqualTo("0.0912");
        assertThat(Format.number(0.00912345)).isEqualTo("0.00912");
        assertThat(Format.number(0.000912345)).isEqualTo("0.000912");
        assertThat(Format.number(0.00001234)).isEqualTo("1.234e-05");
        assertThat(Format.number(Double.NaN)).isEqualTo("not a number");
        assertThat(Format.number(OptionalDouble.empty())).isEqualTo("–");
    }

    @Test
    void whatSomebodyWroteIsAsPeopleWriteIt() {
        assertThat(Format.written("0.00001")).isEqualTo("1e-5");
        assertThat(Format.written("0.0000125")).isEqualTo("1.25e-5");
        assertThat(Format.written("0.123456789012345")).isEqualTo("0.123457");
        assertThat(Format.written("-1.0e30")).isEqualTo("-1e30");
        assertThat(Format.written("0.001")).isEqualTo("0.001");
        assertThat(Format.written("1.50")).isEqualTo("1.5");
        assertThat(Format.written("0.0")).isEqualTo("0");
        assertThat(Format.written("1234567890123456789")).as("a seed").isEqualTo("1234567890123456789");
        assertThat(Format.written("fedprox")).isEqualTo("fedprox");
        assertThat(Format.written("[0.10, 0.2]")).isEqualTo("[0.10, 0.2]");
    }

    @Test
    void bytesHaveTheUnitThatFits() {
        assertThat(Format.bytes(0)).isEqualTo("0 B");
        assertThat(Format.bytes(new Traffic(5_000_000, 7_000_000))).isEqualTo("12 MB");
        assertThat(Format.bytes(new Traffic(5_000_000, 7_000_000, 36_000_000))).isEqualTo("12 MB, 36 MB saved");
        assertThat(Format.bytes(999)).isEqualTo("999 B");
        assertThat(Format.bytes(1000)).isEqualTo("1.0 kB");
        assertThat(Format.bytes(999_999)).isEqualTo("1.0 MB");
        assertThat(Format.bytes(12_340_000)).isEqualTo("12 MB");
        assertThat(Format.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
    }

    @Test
    void durationsAreReadable() {
        assertThat(Format.clock(Duration.ofSeconds(83))).isEqualTo("1:23");
        assertThat(Format.clock(Duration.ofSeconds(3723))).isEqualTo("1:02:03");
        assertThat(Format.seconds(Duration.ofMillis(4321))).isEqualTo("4.3 s");
        assertThat(Format.seconds(Duration.ofSeconds(150))).isEqualTo("2 min 30 s");
        assertThat(Format.seconds(Duration.ofMinutes(119))).isEqualTo("119 min 0 s");
        assertThat(Format.seconds(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
        assertThat(Format.seconds(Duration.ofHours(170))).isEqualTo("7 d 2 h");
    }
}
