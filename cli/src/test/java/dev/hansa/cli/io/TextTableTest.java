package dev.hansa.cli.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private static TextTable table() {
        TextTable table = new TextTable("KEY", "hansa-out/first", "hansa-out/second");
        table.row("strategy", "fedavg", "{type: fedprox, mu: 0.1}");
        table.row("training.rate", "0.1", "0.25");
        return table;
    }

    @Test
    void whatFitsHasALineForEachRow() {
        assertThat(table().lines(80)).isEqualTo(table().lines()).containsExactly(
                "KEY            hansa-out/first  hansa-out/second", //
                "strategy       fedavg           {type: fedprox, mu: 0.1}", //
                "training.rate  0.1              0.25");
    }

    @Test
    void theWidestColumnsGoOnInTheNextLine() {
        assertThat(table().lines(45)).containsExactly( //
                "KEY            hansa-out/      hansa-out/", //
                "               first           second", //
                "strategy       fedavg          {type:", //
                "                               fedprox, mu:", //
                "                               0.1}", //
                "training.rate  0.1             0.25");
    }

    @Test
    void ofMoreColumnsThanThereIsRoomForEachRowIsAList() {
        assertThat(table().lines(24)).containsExactly( //
                "KEY strategy", //
                "  hansa-out/first", //
                "  fedavg", //
                "  hansa-out/second", //
                "  {type: fedprox, mu:", //
                "  0.1}", //
                "KEY training.rate", //
                "  hansa-out/first  0.1", //
                "  hansa-out/second  0.25");
    }

    @Test
    void noLineIsWiderThanTheRoomAndNothingIsLost() {
        TextTable table = new TextTable("ONE", "TWO", "THREE");
        table.row("a".repeat(50), "b ".repeat(30), "c,".repeat(40));
        IntStream.rangeClosed(20, 200).forEach(room -> {
            List<String> lines = table.lines(room);
            assertThat(lines).allMatch(line -> line.length() <= room);
            String all = String.join("", lines);
            assertThat(List.of(count(all, 'a'), count(all, 'b'), count(all, 'c'))).isEqualTo(List.of(50L, 30L, 40L));
        });
    }

    private static long count(String text, char letter) {
        return text.chars().filter(c -> c == letter).count();
    }
}
