package dev.hansa.wire.message;

import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Normalization;
import dev.hansa.core.model.ModelSpec.Precision;
import dev.hansa.wire.Limits;

/** What is trained, as messages. */
public final class ModelCodec {

    private ModelCodec() {}

    /** The message. */
    public static dev.hansa.wire.proto.ModelSpec encode(ModelSpec model) {
        var message = dev.hansa.wire.proto.ModelSpec.newBuilder();
        if (model instanceof ModelSpec.Linear) {
            message.setLinear(dev.hansa.wire.proto.ModelSpec.Linear.getDefaultInstance());
        } else if (model instanceof ModelSpec.Softmax) {
            message.setSoftmax(dev.hansa.wire.proto.ModelSpec.Softmax.getDefaultInstance());
        } else if (model instanceof ModelSpec.Mlp mlp) {
            message.setMlp(dev.hansa.wire.proto.ModelSpec.Mlp.newBuilder().addAllHidden(mlp.hidden())
                    .setNormalization(
                            dev.hansa.wire.proto.ModelSpec.Normalization.valueOf(mlp.normalization().name())));
        } else if (model instanceof ModelSpec.Cnn cnn) {
            message.setCnn(dev.hansa.wire.proto.ModelSpec.Cnn.newBuilder().setHeight(cnn.height())
                    .setWidth(cnn.width()).addAllFilters(cnn.filters()).setSide(cnn.side())
                    .addAllHidden(cnn.hidden()));
        }
        return message
                .setPrecision(dev.hansa.wire.proto.ModelSpec.Precision.valueOf(model.precision().name())).build();
    }

    /**
     * The model.
     *
     * @throws MalformedMessageException if the message describes none
     */
    public static ModelSpec decode(dev.hansa.wire.proto.ModelSpec message) {
        Precision precision = precision(message.getPrecision());
        return switch (message.getFamilyCase()) {
            case LINEAR -> new ModelSpec.Linear(precision);
            case SOFTMAX -> new ModelSpec.Softmax(precision);
            case MLP -> {
                Fields.requireAtMost(Limits.LAYERS, message.getMlp().getHiddenCount(), "model.mlp.hidden");
                Normalization normalization = normalization(message.getMlp().getNormalization());
                yield Fields.checked("model.mlp.hidden",
                        () -> new ModelSpec.Mlp(message.getMlp().getHiddenList(), normalization, precision));
            }
            case CNN -> {
                var cnn = message.getCnn();
                Fields.requireAtMost(Limits.LAYERS, cnn.getFiltersCount(), "model.cnn.filters");
                Fields.requireAtMost(Limits.LAYERS, cnn.getHiddenCount(), "model.cnn.hidden");
                yield Fields.checked("model.cnn", () -> new ModelSpec.Cnn(cnn.getHeight(), cnn.getWidth(),
                        cnn.getFiltersList(), cnn.getSide(), cnn.getHiddenList()));
            }
            case FAMILY_NOT_SET -> throw new MalformedMessageException("model",
                    "names no family that this version knows, expected linear, softmax, mlp or cnn");
        };
    }

    private static Precision precision(dev.hansa.wire.proto.ModelSpec.Precision message) {
        return switch (message) {
            case DOUBLE -> Precision.DOUBLE;
            case SINGLE -> Precision.SINGLE;
            case UNRECOGNIZED -> throw new MalformedMessageException("model.precision",
                    "names none that this version knows, expected double or single; is the node older than the coordinator?");
        };
    }

    private static Normalization normalization(dev.hansa.wire.proto.ModelSpec.Normalization message) {
        return switch (message) {
            case NONE -> Normalization.NONE;
            case BATCH -> Normalization.BATCH;
            case UNRECOGNIZED -> throw new MalformedMessageException("model.mlp.normalization",
                    "names none that this version knows, expected none or batch; is the node older than the coordinator?");
        };
    }
}
