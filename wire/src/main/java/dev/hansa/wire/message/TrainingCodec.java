package dev.hansa.wire.message;

import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.wire.Limits;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How nodes train, as messages. */
final class TrainingCodec {

    private TrainingCodec() {}

    /** The message. */
    static dev.hansa.wire.proto.LocalTraining encode(LocalTraining training) {
        var message = dev.hansa.wire.proto.LocalTraining.newBuilder().setEpochs(training.epochs())
                .setBatchSize(training.batchSize()).setRate(training.rate()).setMomentum(training.momentum())
                .setWeightDecay(training.weightDecay()).setShuffle(training.shuffle())
                .setProximalMu(training.proximalMu()).setDrift(encode(training.drift()))
                .setMeasureStart(training.measureStart());
        training.steps().ifPresent(message::setSteps);
        training.clipNorm().ifPresent(message::setClipNorm);
        training.privacy().ifPresent(how -> message.setPrivacy(encode(how)));
        return message.build();
    }

    private static dev.hansa.wire.proto.ExamplePrivacy encode(ExamplePrivacy how) {
        return dev.hansa.wire.proto.ExamplePrivacy.newBuilder().setClip(how.clip()).setNoise(how.noise())
                .setSampling(how.sampling()).setDelta(how.delta()).build();
    }

    private static dev.hansa.wire.proto.LocalTraining.Drift encode(Drift drift) {
        return switch (drift) {
            case UNCORRECTED -> dev.hansa.wire.proto.LocalTraining.Drift.UNCORRECTED;
            case SCAFFOLD -> dev.hansa.wire.proto.LocalTraining.Drift.SCAFFOLD;
            case FEDDYN -> dev.hansa.wire.proto.LocalTraining.Drift.FEDDYN;
        };
    }

    /**
     * The training.
     *
     * @throws MalformedMessageException if a number is out of its range
     */
    static LocalTraining decode(dev.hansa.wire.proto.LocalTraining message) {
        atMost(Limits.EPOCHS, "training.epochs", message.getEpochs());
        atMost(Limits.BATCH_ROWS, "training.batch_size", message.getBatchSize());
        atMost(Limits.STEPS, "training.steps", message.getSteps());
        OptionalInt steps = message.hasSteps() ? OptionalInt.of(message.getSteps()) : OptionalInt.empty();
        OptionalDouble clipNorm =
                message.hasClipNorm() ? OptionalDouble.of(message.getClipNorm()) : OptionalDouble.empty();
        Drift drift = drift(message);
        Optional<ExamplePrivacy> privacy =
                message.hasPrivacy() ? Optional.of(decode(message.getPrivacy())) : Optional.empty();
        return Fields.checked("training",
                () -> new LocalTraining(message.getEpochs(), steps, message.getBatchSize(), message.getRate(),
                        message.getMomentum(), message.getWeightDecay(), message.getShuffle(),
                        message.getProximalMu(), clipNorm, drift, message.getMeasureStart(), privacy));
    }

    private static ExamplePrivacy decode(dev.hansa.wire.proto.ExamplePrivacy message) {
        return Fields.checked("training.privacy", () -> new ExamplePrivacy(
                Fields.size("training.privacy.clip", message.getClip()),
                Fields.size("training.privacy.noise", message.getNoise()),
                Fields.rate("training.privacy.sampling", message.getSampling()), message.getDelta()));
    }

    private static void atMost(int most, String name, int unsigned) {
        Fields.require(Integer.toUnsignedLong(unsigned) <= most, name, Integer.toUnsignedString(unsigned),
                "at most " + most);
    }

    private static Drift drift(dev.hansa.wire.proto.LocalTraining message) {
        return switch (message.getDrift()) {
            case UNCORRECTED -> Drift.UNCORRECTED;
            case SCAFFOLD -> Drift.SCAFFOLD;
            case FEDDYN -> Drift.FEDDYN;
            case UNRECOGNIZED -> throw new MalformedMessageException("training.drift",
                    "is " + message.getDriftValue() + ", which this version does not know, expected 0, 1 or 2; is the "
                            + "node older than the coordinator?");
        };
    }
}
