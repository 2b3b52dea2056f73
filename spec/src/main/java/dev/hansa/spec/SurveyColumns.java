package dev.hansa.spec;

import dev.hansa.core.data.Column;
import dev.hansa.core.question.Asked;
import dev.hansa.core.statistics.Survey.Measure;
import dev.hansa.core.statistics.Survey.Wanted;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Items;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Type;
import dev.hansa.spec.document.Value;
import dev.hansa.wire.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns of a survey, by name, with what is asked of each. */
final class SurveyColumns implements Type<List<SurveyColumns.Asking>> {
    private static final int MOST = 100;
    private static final int MOST_QUANTILES = 20;
    private static final String NUMBERS = "numbers";

    private static final Key<List<Double>> BETWEEN = Key.required("between",
            new Items<>(Scalars.number("a number", number -> true), 2, 2, false), "[0, 120]",
            "The least and the greatest value that count; what lies beyond counts as the bound. Everybody sees the bounds:"
                    + " take them from what is known of such columns, not from these rows.");
    private static final Key<String> UNIT =
            Key.optional("unit", Columns.UNIT_NAME, "\"\"", "The unit, for people to read.");
    private static final Key<List<String>> TELL = Key.optional("tell",
            new Items<>(Scalars.words("sum", "mean", "variance", "histogram"), 0, 4, true), "[mean, variance]",
            "What to tell of the numbers. variance tells its root too, the standard deviation. Each of sum or mean,"
                    + " variance, and cells is one release of noise: fewer of them are told more exactly.");
    private static final Key<List<Double>> QUANTILES = Key.optional("quantiles",
            new Items<>(Scalars.number("a number above 0 and below 1", part -> part > 0 && part < 1), 0, MOST_QUANTILES,
                    true),
            "[]", "Below which such a part of the rows lies, 0.5 for the median: as an interval of whole cells.");
    private static final Key<Integer> CELLS = Key.optional("cells", Scalars.wholeNumber(2, Asked.MOST_CELLS), "20",
            "Into how many cells of one width the bounds are divided, for the histogram and the quantiles.");
    private static final Key<List<String>> VALUES = Key.required("values",
            new Items<>(Columns.CELL, 2, Asked.MOST_CELLS, true), "[f, m]",
            "All categories, as texts. Rows are counted by category.");
    private static final Alternatives COLUMN =
            new Alternatives(Form.keyed(NUMBERS, BETWEEN, UNIT, TELL, QUANTILES, CELLS),
                    Form.keyed("categories", VALUES));

    /** A column with what is asked of it. */
    record Asking(Column column, Asked asked, Wanted wanted) {}

    @Override
    public String expected() {
        return "a mapping from the name of each of 1 to " + MOST + " columns to " + COLUMN.expected();
    }

    @Override
    public List<Form> forms() {
        return COLUMN.forms();
    }

    /** The good ones among the columns. */
    @Override
    public Optional<List<Asking>> read(Value value) {
        List<Value.Entry> entries = value.isMapping() ? value.entries() : Collections.emptyList();
        if (entries.isEmpty() || entries.size() > MOST) {
            return value.unexpected(expected());
        }
        List<Asking> columns = new ArrayList<>();
        for (Value.Entry entry : entries) {
            if (Columns.NAME.read(entry.key()).isPresent()) {
                COLUMN.read(entry.value()).flatMap(choice -> column(entry, choice)).ifPresent(columns::add);
            }
        }
        return Optional.of(columns);
    }

    private static Optional<Asking> column(Value.Entry entry, Alternatives.Choice choice) {
        Entries given = choice.entries();
        if (!given.isWhole()) {
            return Optional.empty();
        }
        if (!choice.form().equals(NUMBERS)) {
            List<String> values = given.get(VALUES);
            return values.size() < 2 ? Optional.empty() : Optional.of(new Asking(
                    new Column.Category(entry.name(), "", values), new Asked.Categories(values.size()),
                    new Wanted(Collections.emptySet(), Collections.emptyList())));
        }
        return numbers(entry.name(), given);
    }

    private static Optional<Asking> numbers(String name, Entries given) {
        List<Double> between = given.get(BETWEEN);
        Set<Measure> tell = given.get(TELL).stream().map(word -> Measure.valueOf(word.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        if (between.size() < 2) {
            return Optional.empty();
        }
        double low = between.get(0);
        double high = between.get(1);
        if (!(low < high) || Double.isInfinite(high - low)) {
            given.at(BETWEEN).problem("found from " + low + " to " + high + ", expected the smaller number first, and"
                    + " a finite difference");
            return Optional.empty();
        }
        List<Double> quantiles = given.get(QUANTILES);
        boolean cells = tell.contains(Measure.HISTOGRAM) || !quantiles.isEmpty();
        int moments = tell.contains(Measure.VARIANCE) ? 2
                : tell.contains(Measure.MEAN) || tell.contains(Measure.SUM) ? 1 : 0;
        if (given.isGiven(CELLS) && !cells) {
            given.at(CELLS).warning("cells are of the histogram and of quantiles, and neither is asked for");
        }
        return Optional.of(new Asking(new Column.Number(name, given.get(UNIT)),
                new Asked.Numbers(low, high, moments, cells ? given.get(CELLS) : 0), new Wanted(tell, quantiles)));
    }

    /** How much of a message the columns take at most. */
    static boolean fits(List<Asking> columns) {
        long characters = columns.stream().map(Asking::column)
                .mapToLong(column -> column.name().length() + column.unit().length()
                        + (column instanceof Column.Category category
                                ? category.categories().stream().mapToLong(String::length).sum()
                                : 0))
                .sum();
        return 4 * characters + 100L * columns.size() < Limits.DATA_BYTES;
    }
}
