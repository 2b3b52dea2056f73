package dev.hansa.core.statistics;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Question;
import dev.hansa.core.statistics.Survey.Budget;
import dev.hansa.core.statistics.Survey.Measure;
import dev.hansa.core.statistics.Survey.Minimum;
import dev.hansa.core.statistics.Survey.Wanted;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Rows with an age and a blood group, and surveys of them. */
final class Tables {
    static final List<String> GROUPS = List.of("0", "A", "B", "AB");
    static final Schema SCHEMA = new Schema(List.of(new Column.Number("age", "years")),
            new Column.Category("group", "", GROUPS));
    static final List<Asked> ASKED = List.of(new Asked.Numbers(0, 100, 2, 10), new Asked.Categories(4));

    private Tables() {}

    static Table table(double[] ages, double[] groups) {
        return new Table(SCHEMA, new double[][]{ages}, groups, new boolean[ages.length]);
    }

    /** Ages of about 20 to 80, some beyond the bounds. */
    static Table random(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] ages = new double[rows];
        double[] groups = new double[rows];
        for (int i = 0; i < rows; i++) {
            ages[i] = random.nextInt(20) == 0 ? random.nextDouble(-500, 500) : random.nextDouble(20, 80);
            groups[i] = random.nextInt(4);
        }
        return table(ages, groups);
    }

    static Survey survey(Noise noise, Minimum minimum) {
        return new Survey("test", new DataSpec("people", SCHEMA, new HoldOut.None(), false), new Question(ASKED, noise),
                List.of(new Wanted(EnumSet.allOf(Measure.class), List.of(0.25, 0.5, 0.9)),
                        new Wanted(Set.of(), List.of())),
                minimum, noise.equals(Noise.NONE) ? Optional.empty() : Optional.of(new Budget(1, 1e-6)),
                Duration.ofMinutes(1));
    }
}
