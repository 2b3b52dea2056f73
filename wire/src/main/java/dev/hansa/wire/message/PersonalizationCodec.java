package dev.hansa.wire.message;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.wire.Limits;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How nodes come to models of their own, as messages. */
final class PersonalizationCodec {

    private PersonalizationCodec() {}

    static dev.hansa.wire.proto.Personalization encode(Personalization personalization) {
        var message = dev.hansa.wire.proto.Personalization.newBuilder();
        if (personalization instanceof FineTuning tuning) {
            var asked = dev.hansa.wire.proto.Personalization.FineTuning.newBuilder().setEpochs(tuning.epochs());
            tuning.rate().ifPresent(asked::setRate);
            message.setFineTuning(asked);
        } else if (personalization instanceof LocalLayers layers) {
            var asked = dev.hansa.wire.proto.Personalization.LocalLayers.newBuilder().addAllPatterns(layers.patterns())
                    .setStartSeed(layers.start().value());
            layers.headEpochs().ifPresent(asked::setHeadEpochs);
            message.setLocalLayers(asked);
        } else if (personalization instanceof Clusters clusters) {
            message.setClusters(
                    dev.hansa.wire.proto.Personalization.Clusters.newBuilder().setNumber(clusters.number()));
        } else if (personalization instanceof Ditto ditto) {
            message.setDitto(dev.hansa.wire.proto.Personalization.Ditto.newBuilder().setLambda(ditto.lambda()));
        }
        return message.build();
    }

    /**
     * @param model of which it tells what is the node's own
     * @throws MalformedMessageException if it is none that this version knows, or not for this model
     */
    static Personalization decode(dev.hansa.wire.proto.Personalization message, Layout model) {
        return switch (message.getMethodCase()) {
            case FINE_TUNING -> fineTuning(message.getFineTuning());
            case LOCAL_LAYERS -> localLayers(message.getLocalLayers(), model);
            case DITTO -> Fields.checked("personalization", () -> new Ditto(message.getDitto().getLambda()));
            case CLUSTERS ->
                    Fields.checked("personalization", () -> new Clusters(message.getClusters().getNumber()));
            case METHOD_NOT_SET -> throw new MalformedMessageException("personalization",
                    "names no method that this version knows; is the node older than the coordinator?");
        };
    }

    private static Personalization localLayers(dev.hansa.wire.proto.Personalization.LocalLayers message, Layout model) {
        Fields.requireAtMost(model.tensors().size(), message.getPatternsCount(),
                "personalization.local_layers.patterns");
        message.getPatternsList().forEach(pattern -> Fields.name("personalization.local_layers.patterns", pattern));
        requireEpochs("personalization.local_layers.head_epochs", message.getHeadEpochs());
        OptionalInt headEpochs =
                message.hasHeadEpochs() ? OptionalInt.of(message.getHeadEpochs()) : OptionalInt.empty();
        LocalLayers layers = Fields.checked("personalization",
                () -> new LocalLayers(message.getPatternsList(), headEpochs, new Seed(message.getStartSeed())));
        layers.objection(model).ifPresent(objection -> {
            throw new MalformedMessageException("personalization.local_layers", objection);
        });
        return layers;
    }

    private static void requireEpochs(String field, int unsigned) {
        Fields.require(Integer.toUnsignedLong(unsigned) <= Limits.EPOCHS, field, Integer.toUnsignedString(unsigned),
                "at most " + Limits.EPOCHS);
    }

    private static Personalization fineTuning(dev.hansa.wire.proto.Personalization.FineTuning message) {
        requireEpochs("personalization.fine_tuning.epochs", message.getEpochs());
        OptionalDouble rate = message.hasRate() ? OptionalDouble.of(message.getRate()) : OptionalDouble.empty();
        return Fields.checked("personalization", () -> new FineTuning(message.getEpochs(), rate));
    }
}
