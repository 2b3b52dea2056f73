package dev.hansa.spec;

import dev.hansa.core.data.Alphabet;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.HashedWords;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Columns by name: a mapping from names to what the columns hold, or names alone for columns of numbers.
 *
 * @param most how many there may be; one may be named without a list
 */
record Columns(int most) implements Type<List<Column>> {
    private static final int MOST_UNIT_CHARS = 200;
    static final Type<String> NAME = Scalars.text(
            "the name of a column, of at most " + Limits.NAME_CHARS + " characters, none of them a control character",
            name -> !name.trim().isEmpty() && isLine(name, Limits.NAME_CHARS));
    /** What a cell may say. */
    static final Type<String> CELL = Scalars.text(
            "a text of at most " + Limits.NAME_CHARS
                    + " characters without blanks around it, none of them a control character",
            text -> text.equals(text.trim()) && isLine(text, Limits.NAME_CHARS));
    /** In which numbers are, for people. */
    static final Type<String> UNIT_NAME =
            Scalars.text("a text of at most " + MOST_UNIT_CHARS + " characters, none of them a control character",
                    text -> isLine(text, MOST_UNIT_CHARS));
    private static final Key<String> UNIT = Key.optional("unit", UNIT_NAME, "\"\"",
            "The unit, for people to read.");
    private static final Key<List<String>> VALUES = Key.required("values",
            new Items<>(CELL, 2, Limits.CATEGORIES, true),
            "[0, 1]",
            "All categories, in the order of the model's inputs (or of its classes), as texts: 1 is not 1.0.");
    private static final Key<Integer> LENGTH = Key.required("length", Scalars.wholeNumber(1, Limits.TEXT_LENGTH), "40",
            "How many characters a model reads, the last ones of each text. What a shorter text lacks is padding before it.");
    private static final Key<Alphabet> ALPHABET = Key.optional("alphabet", new AlphabetType(), AlphabetType.ASCII,
            "The characters that the model tells apart, each once, in quotes; or ascii for what is printed of ASCII and \\n."
                    + " Others are all one to it. Lines end in \\n alone, whatever the file has.");
    private static final Key<Integer> BUCKETS = Key.required("buckets",
            Scalars.wholeNumber(2, HashedWords.MOST_BUCKETS), "2048",
            "How many inputs the words of a text become, in lower case and whatever order: by the FNV-1a hash of each its"
                    + " bucket, and log(1 + n) for n words in it.");
    private static final Key<Integer> AFTER = Key.optional("every", Scalars.wholeNumber(1), "1",
            "A row of running text gives an example after every nth character of the feature of this name and the type"
                    + " text. Characters that are not in its alphabet are not predicted.");
    private static final Form NUMBER = Form.typed("number", UNIT);
    private static final Form CATEGORY = Form.typed("category", VALUES, UNIT);
    private static final Form NEXT_CHARACTER = Form.typed("nextCharacter", AFTER);
    private static final Alternatives FEATURE = new Alternatives(NUMBER, CATEGORY,
            Form.typed("text", LENGTH, ALPHABET), Form.typed("words", BUCKETS));
    private static final Alternatives LABEL = new Alternatives(NUMBER, CATEGORY, NEXT_CHARACTER);

    /** Nodes show it to their owners, and take no other. */
    private static boolean isLine(String text, int most) {
        return text.length() <= most && text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public String expected() {
        return (most == 1 ? "the name of one column of numbers, or a mapping from its name"
                : "a list of names of columns of numbers, or a mapping from the name of each column") + " to "
                + column().expected();
    }

    private Alternatives column() {
        return most == 1 ? LABEL : FEATURE;
    }

    /** Those of a label that are the features' too are explained there. */
    @Override
    public List<Form> forms() {
        return most == 1 ? List.of(NEXT_CHARACTER) : FEATURE.forms();
    }

    /** The good ones among the columns. */
    @Override
    public Optional<List<Column>> read(Value value) {
        if (value.isMapping()) {
            return ofMapping(value);
        }
        Optional<List<String>> names = most == 1 && !value.isList()
                ? NAME.read(value).map(List::of)
                : new Items<>(NAME, 1, most, true).read(value);
        return names.map(
                list -> list.stream().<Column>map(name -> new Column.Number(name, "")).collect(Collectors.toList()));
    }

    private Optional<List<Column>> ofMapping(Value value) {
        List<Value.Entry> entries = value.entries();
        if (entries.isEmpty() || entries.size() > most) {
            return value.unexpected(expected());
        }
        List<Column> columns = new ArrayList<>();
        for (Value.Entry entry : entries) {
            if (NAME.read(entry.key()).isPresent()) {
                column().read(entry.value()).flatMap(choice -> column(entry.name(), choice)).ifPresent(columns::add);
            }
        }
        return Optional.of(columns);
    }

    private static Optional<Column> column(String name, Alternatives.Choice choice) {
        Entries given = choice.entries();
        Optional<String> unit = given.find(UNIT);
        return switch (choice.form()) {
            case "number" -> unit.map(text -> new Column.Number(name, text));
            case "text" -> given.find(LENGTH).flatMap(
                    length -> given.find(ALPHABET).map(alphabet -> new Column.Text(name, length, alphabet)));
            case "words" -> given.find(BUCKETS).map(buckets -> new Column.Words(name, buckets));
            case "nextCharacter" -> given.find(AFTER).map(every -> new Column.NextCharacter(name, every));
            default -> given.find(VALUES).filter(all -> all.size() >= 2)
                    .flatMap(all -> unit.map(text -> new Column.Category(name, text, all)));
        };
    }
}
