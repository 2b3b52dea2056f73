package dev.hansa.wire.message;

import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.wire.Limits;
import dev.hansa.wire.proto.Scale;
import java.util.ArrayList;
import java.util.List;

/** The scales of a schema's columns as messages. */
public final class PreprocessingCodec {

    private PreprocessingCodec() {}

    /** The message; the schema is not part of it. */
    public static dev.hansa.wire.proto.Preprocessing encode(Preprocessing preprocessing) {
        var message = dev.hansa.wire.proto.Preprocessing.newBuilder().setLabel(encode(preprocessing.label()));
        preprocessing.features().forEach(scale -> message.addFeatures(encode(scale)));
        return message.build();
    }

    /**
     * The preprocessing of the schema's columns.
     *
     * @throws MalformedMessageException if the message does not fit the schema
     */
    public static Preprocessing decode(dev.hansa.wire.proto.Preprocessing message, Schema schema) {
        Fields.requireAtMost(Limits.FEATURES, message.getFeaturesCount(), "preprocessing.features");
        List<Preprocessing.Scale> features = new ArrayList<>();
        for (int i = 0; i < message.getFeaturesCount(); i++) {
            features.add(decode("preprocessing.features[" + i + "]", message.getFeatures(i)));
        }
        Preprocessing.Scale label = decode("preprocessing.label", message.getLabel());
        return Fields.checked("preprocessing", () -> new Preprocessing(schema, features, label));
    }

    private static Scale encode(Preprocessing.Scale scale) {
        return Scale.newBuilder().setMean(scale.mean()).setDeviation(scale.deviation()).build();
    }

    private static Preprocessing.Scale decode(String field, Scale message) {
        return Fields.checked(field, () -> new Preprocessing.Scale(message.getMean(), message.getDeviation()));
    }
}
