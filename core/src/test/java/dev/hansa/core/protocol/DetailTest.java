package dev.hansa.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.model.Sums;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetailTest {
    private static final Detail ALL = new Detail(true, true, 10, 5);

    @Test
    void eachPartAddsItsNumbers() {
        assertThat(Detail.NONE.numbers(2)).isZero();
        assertThat(new Detail(true, false, 0, 0).numbers(7)).isEqualTo(21);
        assertThat(ALL.numbers(2)).isEqualTo(6 + 4 + 20 + 15);
    }

    @Test
    void whatCannotBeToldIsRefusedWithTheNearestThatCan() {
        assertThat(Detail.NONE.objection(1, 0)).as("of a number").isEmpty();
        assertThat(ALL.objection(2, 45)).isEmpty();
        assertThat(ALL.objection(2, 44)).hasValue(
                "it adds 45 numbers for 2 classes, expected at most 44; leave confusion out");
        assertThat(ALL.objection(1, 900)).hasValue("it counts classes, and the label is a number");
        assertThat(ALL.objection(3, 900)).get().asString().startsWith("auc compares two classes, and there are 3");
        assertThat(new Detail(true, false, 0, 0).objection(301, 9999)).get().asString().endsWith("at most 300");
        assertThat(new Detail(false, false, 0, 200).objection(2, 500)).get().asString().endsWith("take fewer bins");
        for (int bins : new int[]{-1, 1, 201}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Detail(false, false, bins, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new Detail(false, false, 0, bins));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Detail(false, true, 0, 0));
    }

    @Test
    void whatWasNotAskedForIsNamed() {
        for (String name : new String[]{"class.001.rows", "confusion.001.000", "score.009.positive",
                "confidence.004.sum", "loss"}) {
            assertThat(ALL.excess(Sums.of(Map.of(name, 1.0)), 2)).isEmpty();
        }
        for (String name : new String[]{"class.002.rows", "confusion.002.000", "score.010.positive",
                "confidence.005.sum", "class.1.rows", "rows.000.name"}) {
            assertThat(ALL.excess(Sums.of(Map.of(name, 1.0)), 2)).as(name).isPresent();
        }
        assertThat(Detail.NONE.excess(Sums.of(Map.of("class.001.rows", 1.0)), 2))
                .hasValue("it tells of class.001.rows, which was not asked for");
    }
}
