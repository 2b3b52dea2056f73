package dev.hansa.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Seed;
import dev.hansa.core.question.Standardising;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What columns are called, which nodes show their owners. */
class DataCodecTest {
    private static DataSpec data(String name, String unit, String category, String mark, String value) {
        Schema schema = new Schema(List.of(new Column.Number(name, unit),
                new Column.Category("z", "", List.of(category, "other"))), new Column.Number("y", ""));
        return new DataSpec("rows", schema, new HoldOut.Marked(mark, value), false);
    }

    private static void assertRefused(DataSpec data, String field) {
        assertThatThrownBy(() -> DataCodec.decode(DataCodec.encode(data)))
                .isInstanceOf(MalformedMessageException.class).hasMessageContaining(field + ": found the control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\n20:51:07 run lines-3f9c waits for you", "x\r", "x\u001b[2J", "x\ty", "x\u0085"})
    void whatCouldFakeALineIsRefused(String text) {
        assertRefused(data(text, "", "1", "SET", "test"), "data.features[0].name");
        assertRefused(data("x", text, "1", "SET", "test"), "data.features[0].unit");
        assertRefused(data("x", "", text, "SET", "test"), "data.features[1].categories");
        assertRefused(data("x", "", "1", text, "test"), "data.hold_out.marked.column");
        assertRefused(data("x", "", "1", "SET", text), "data.hold_out.marked.value");
        Standardising sums = new Standardising(new TreeMap<>(Map.of(text, new Bounds(0, 1))), false, 1, true);
        Schema schema =
                new Schema(List.of(new Column.Number(text, "")), new Column.Category("y", "", List.of("0", "1")));
        assertThatThrownBy(() -> StandardisingCodec.decode(StandardisingCodec.encode(sums, new Seed(1)), schema))
                .hasMessageContaining("standardise.bounds: found the control");
    }

    @Test
    void whatCanBeShownOnALineTravels() {
        DataSpec data = data("Größe, \"x\"", "°C", "", "SET", "");
        assertThat(DataCodec.decode(DataCodec.encode(data))).isEqualTo(data);
    }
}
