package dev.hansa.core.question;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.Schema;
import dev.hansa.core.question.Part.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * What all clients are asked, each column once. The answer is a vector of whole numbers in units of 2⁻³⁰ rows: the rows, and of
 * each column its sum, sum of squares and cells, as far as asked for.
 *
 * @param columns in the order of {@link Schema#columns}
 */
public record Question(List<Asked> columns, Noise noise) {
    /** A client tells nothing of fewer rows. */
    public static final int FEWEST_ROWS = 5;
    /** The most numbers of an answer. */
    public static final int MOST_NUMBERS = 10_000;
    /** One row. */
    public static final long ROW = 1L << 30;

    public Question {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("the question names no column, expected at least one");
        }
        long numbers = 1 + columns.stream().mapToLong(asked -> moments(asked) + asked.cells()).sum();
        if (numbers > MOST_NUMBERS) {
            throw new IllegalArgumentException(
                    "the answer would have " + numbers + " numbers, expected at most " + MOST_NUMBERS);
        }
    }

    private static int moments(Asked asked) {
        return asked instanceof Asked.Numbers number ? number.moments() : 0;
    }

    /** @throws IllegalArgumentException if the columns are not of the schema's kinds */
    public void check(Schema schema) {
        List<Column> declared = schema.columns();
        if (declared.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "the question is about " + columns.size() + " columns, the schema has " + declared.size());
        }
        for (int i = 0; i < declared.size(); i++) {
            boolean fits = declared.get(i) instanceof Column.Category category
                    ? columns.get(i).equals(new Asked.Categories(category.categories().size()))
                    : declared.get(i) instanceof Column.Number && columns.get(i) instanceof Asked.Numbers;
            if (!fits) {
                throw new IllegalArgumentException("the column " + declared.get(i).name() + " is asked for "
                        + columns.get(i) + ", which is not of its kind");
            }
        }
    }

    /** The parts of the answer, in order. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        add(parts, Kind.ROWS, -1, 1);
        for (int i = 0; i < columns.size(); i++) {
            Asked asked = columns.get(i);
            if (moments(asked) > 0) {
                add(parts, Kind.SUM, i, 1);
            }
            if (moments(asked) > 1) {
                add(parts, Kind.SQUARES, i, 1);
            }
            if (asked.cells() > 0) {
                add(parts, Kind.CELLS, i, asked.cells());
            }
        }
        return parts;
    }

    private static void add(List<Part> parts, Kind kind, int column, int size) {
        int from = parts.isEmpty() ? 0 : end(parts.get(parts.size() - 1));
        parts.add(new Part(kind, column, from, size));
    }

    private static int end(Part part) {
        return part.from() + part.size();
    }

    /** How many numbers an answer has. */
    public int numbers() {
        List<Part> parts = parts();
        return end(parts.get(parts.size() - 1));
    }

    /** How many releases the answer is: the noise multiplier is that of each. */
    public int releases() {
        return parts().size();
    }
}
