package dev.hansa.wire.message;

import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Normalization;
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
        }
        return message.build();
    }

    /**
     * The model.
     *
     * @throws MalformedMessageException if the message describes none
     */
    public static ModelSpec decode(dev.hansa.wire.proto.ModelSpec message) {
        return switch (message.getFamilyCase()) {
            case LINEAR -> new ModelSpec.Linear();
            case SOFTMAX -> new ModelSpec.Softmax();
            case MLP -> {
                Fields.requireAtMost(Limits.LAYERS, message.getMlp().getHiddenCount(), "model.mlp.hidden");
                Normalization normalization = normalization(message.getMlp().getNormalization());
                yield Fields.checked("model.mlp.hidden",
                        () -> new ModelSpec.Mlp(message.getMlp().getHiddenList(), normalization));
            }
            case FAMILY_NOT_SET -> throw new MalformedMessageException("model",
                    "names no family that this version knows, expected linear, softmax or mlp");
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
