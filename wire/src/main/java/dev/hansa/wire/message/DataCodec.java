package dev.hansa.wire.message;

import dev.hansa.core.data.Alphabet;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.wire.Limits;
import java.util.ArrayList;
import java.util.List;

/** The data that a run asks for, as messages. */
public final class DataCodec {

    private DataCodec() {}

    /** The message. */
    public static dev.hansa.wire.proto.DataSpec encode(DataSpec data) {
        var message = dev.hansa.wire.proto.DataSpec.newBuilder().setSet(data.set())
                .setLabel(encode(data.schema().label())).setHoldOut(encode(data.holdOut()))
                .setStandardise(data.standardise());
        data.schema().features().forEach(feature -> message.addFeatures(encode(feature)));
        return message.build();
    }

    /** How many bytes the message has. */
    public static int size(DataSpec data) {
        return encode(data).getSerializedSize();
    }

    /**
     * The data.
     *
     * @throws MalformedMessageException if the message describes none
     */
    public static DataSpec decode(dev.hansa.wire.proto.DataSpec message) {
        String set = Fields.line("data.set", message.getSet());
        Fields.requireAtMost(Limits.FEATURES, message.getFeaturesCount(), "data.features");
        Fields.require(message.getSerializedSize() <= Limits.DATA_BYTES, "data", message.getSerializedSize() + " bytes",
                "at most " + Limits.DATA_BYTES);
        List<Column> features = new ArrayList<>();
        for (int i = 0; i < message.getFeaturesCount(); i++) {
            features.add(decode("data.features[" + i + "]", message.getFeatures(i)));
        }
        Fields.requirePresent(message.hasLabel(), "data.label");
        Column label = decode("data.label", message.getLabel());
        Schema schema = Fields.checked("data", () -> new Schema(features, label));
        return new DataSpec(set, schema, decode(message.getHoldOut()), message.getStandardise());
    }

    private static dev.hansa.wire.proto.Column encode(Column column) {
        var message = dev.hansa.wire.proto.Column.newBuilder().setName(column.name()).setUnit(column.unit());
        if (column instanceof Column.Category category) {
            message.addAllCategories(category.categories());
        } else if (column instanceof Column.Text text) {
            message.setText(dev.hansa.wire.proto.Column.Text.newBuilder().setLength(text.length())
                    .setAlphabet(text.alphabet().letters()));
        } else if (column instanceof Column.Words words) {
            message.setWords(dev.hansa.wire.proto.Column.Words.newBuilder().setBuckets(words.buckets()));
        } else if (column instanceof Column.NextCharacter next) {
            message.setNextCharacter(dev.hansa.wire.proto.Column.NextCharacter.newBuilder().setEvery(next.every()));
        }
        return message.build();
    }

    private static Column decode(String field, dev.hansa.wire.proto.Column message) {
        String name = Fields.line(field + ".name", message.getName());
        String unit = Fields.lineOrNothing(field + ".unit", message.getUnit());
        return switch (message.getKindCase()) {
            case TEXT -> text(field + ".text", name, message.getText());
            case WORDS ->
                    Fields.checked(field + ".words", () -> new Column.Words(name, message.getWords().getBuckets()));
            case NEXT_CHARACTER -> Fields.checked(field + ".next_character",
                    () -> new Column.NextCharacter(name, message.getNextCharacter().getEvery()));
            case KIND_NOT_SET -> message.getCategoriesCount() == 0
                    ? new Column.Number(name, unit)
                    : category(field, name, unit, message.getCategoriesList());
        };
    }

    private static Column text(String field, String name, dev.hansa.wire.proto.Column.Text message) {
        Fields.require(message.getLength() <= Limits.TEXT_LENGTH, field + ".length",
                Integer.toUnsignedString(message.getLength()), "at most " + Limits.TEXT_LENGTH);
        return Fields.checked(field,
                () -> new Column.Text(name, message.getLength(), new Alphabet(message.getAlphabet())));
    }

    private static Column category(String field, String name, String unit, List<String> categories) {
        Fields.requireAtMost(Limits.CATEGORIES, categories.size(), field + ".categories");
        categories.forEach(category -> Fields.lineOrNothing(field + ".categories", category));
        return Fields.checked(field + ".categories", () -> new Column.Category(name, unit, categories));
    }

    private static dev.hansa.wire.proto.HoldOut encode(HoldOut holdOut) {
        var message = dev.hansa.wire.proto.HoldOut.newBuilder();
        if (holdOut instanceof HoldOut.Every every) {
            message.setEvery(every.n());
        } else if (holdOut instanceof HoldOut.Marked marked) {
            message.setMarked(dev.hansa.wire.proto.HoldOut.Marked.newBuilder().setColumn(marked.column())
                    .setValue(marked.value()));
        }
        return message.build();
    }

    private static HoldOut decode(dev.hansa.wire.proto.HoldOut message) {
        return switch (message.getRuleCase()) {
            case EVERY -> Fields.checked("data.hold_out.every", () -> new HoldOut.Every(message.getEvery()));
            case MARKED -> new HoldOut.Marked(
                    Fields.line("data.hold_out.marked.column", message.getMarked().getColumn()),
                    Fields.lineOrNothing("data.hold_out.marked.value", message.getMarked().getValue()));
            case RULE_NOT_SET -> new HoldOut.None();
        };
    }
}
