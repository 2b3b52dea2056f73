package dev.hansa.core.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns that a model reads, and the one that it predicts; or columns that are only counted, the last as the label.
 *
 * @param features at least one where something is {@linkplain #toLearn learned}, in the order of the model's inputs; names differ from each other and from the label's
 * @param label    a number for regression; categories, or the next character of a feature, for classification
 */
public record Schema(List<Column> features, Column label) {

    public Schema {
        features = List.copyOf(features);
        Set<String> names = new HashSet<>();
        if (label instanceof Column.NextCharacter next) {
            requireText(features, next);
        } else if (label instanceof Column.Text || label instanceof Column.Words) {
            throw new IllegalArgumentException("the label " + label.name()
                    + " is a text, expected a number, a category or the next character of a text");
        } else {
            names.add(label.name());
        }
        for (Column feature : features) {
            if (!names.add(feature.name())) {
                throw new IllegalArgumentException("the schema names the column " + feature.name() + " twice");
            }
            if (feature instanceof Column.NextCharacter) {
                throw new IllegalArgumentException(
                        "the next character of " + feature.name() + " is a feature, expected it as the label");
            }
        }
    }

    private static void requireText(List<Column> features, Column.NextCharacter label) {
        if (features.stream().noneMatch(feature -> isTextOf(label, feature))) {
            throw new IllegalArgumentException("the label is the next character of " + label.name()
                    + ", expected a feature of that name and the type text");
        }
    }

    private static boolean isTextOf(Column label, Column feature) {
        return feature instanceof Column.Text && feature.name().equals(label.name());
    }

    /**
     * The same, from which something can be learned.
     *
     * @throws IllegalArgumentException if there is no feature
     */
    public Schema toLearn() {
        if (features.isEmpty()) {
            throw new IllegalArgumentException("the schema names no feature, expected at least one");
        }
        return this;
    }

    /** The features, and behind them the label. */
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>(features);
        columns.add(label);
        return columns;
    }

    /** The number of model inputs. */
    public int inputs() {
        return features.stream().mapToInt(Column::inputs).sum();
    }

    /** The number of model outputs: one for regression, one for each class otherwise. */
    public int outputs() {
        return classification() ? classes().size() : 1;
    }

    /** Whether the label is a class. */
    public boolean classification() {
        return !(label instanceof Column.Number);
    }

    /** The names of the label's classes; none for regression. */
    public List<String> classes() {
        return label instanceof Column.Category category ? category.categories()
                : running().isPresent() ? running().get().alphabet().characters()
                        : List.of();
    }

    /** The feature of whose text the label is the next character; empty if the label is none. */
    Optional<Column.Text> running() {
        return label instanceof Column.NextCharacter
                ? features.stream().filter(feature -> isTextOf(label, feature)).map(Column.Text.class::cast).findFirst()
                : Optional.empty();
    }
}
