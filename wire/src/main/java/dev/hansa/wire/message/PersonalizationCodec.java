package dev.hansa.wire.message;

import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.wire.Limits;
import java.util.OptionalDouble;

/** How nodes come to models of their own, as messages. */
final class PersonalizationCodec {

    private PersonalizationCodec() {}

    static dev.hansa.wire.proto.Personalization encode(Personalization personalization) {
        var message = dev.hansa.wire.proto.Personalization.newBuilder();
        if (personalization instanceof FineTuning tuning) {
            var asked = dev.hansa.wire.proto.Personalization.FineTuning.newBuilder().setEpochs(tuning.epochs());
            tuning.rate().ifPresent(asked::setRate);
            message.setFineTuning(asked);
        }
        return message.build();
    }

    /**
     * @throws MalformedMessageException if it is none that this version knows
     */
    static Personalization decode(dev.hansa.wire.proto.Personalization message) {
        return switch (message.getMethodCase()) {
            case FINE_TUNING -> fineTuning(message.getFineTuning());
            case METHOD_NOT_SET -> throw new MalformedMessageException("personalization",
                    "names no method that this version knows; is the node older than the coordinator?");
        };
    }

    private static Personalization fineTuning(dev.hansa.wire.proto.Personalization.FineTuning message) {
        Fields.require(Integer.toUnsignedLong(message.getEpochs()) <= Limits.EPOCHS,
                "personalization.fine_tuning.epochs", Integer.toUnsignedString(message.getEpochs()),
                "at most " + Limits.EPOCHS);
        OptionalDouble rate = message.hasRate() ? OptionalDouble.of(message.getRate()) : OptionalDouble.empty();
        return Fields.checked("personalization", () -> new FineTuning(message.getEpochs(), rate));
    }
}
