package dev.hansa.wire.message;

import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Protection.Quantised;
import dev.hansa.wire.proto.Protection.Quantised.Noise;
import java.util.Optional;

/** What nodes do to their updates, as a message. */
final class ProtectionCodec {

    private ProtectionCodec() {}

    static dev.hansa.wire.proto.Protection encode(Protection protection) {
        dev.hansa.wire.proto.Protection.Builder message = dev.hansa.wire.proto.Protection.newBuilder()
                .setClip(protection.clip()).setDeviation(protection.deviation()).setTellsFit(protection.tellsFit());
        protection.quantised().ifPresent(how -> message.setQuantised(encode(how)));
        return message.build();
    }

    private static dev.hansa.wire.proto.Protection.Quantised encode(Quantised how) {
        return dev.hansa.wire.proto.Protection.Quantised.newBuilder().setNoise(encode(how.noise()))
                .setBits(how.bits()).setGranularity(how.granularity()).setRotationSeed(how.rotation().value()).build();
    }

    private static Noise encode(IntegerNoise noise) {
        return switch (noise) {
            case DISCRETE_GAUSSIAN -> Noise.NOISE_DISCRETE_GAUSSIAN;
            case SKELLAM -> Noise.NOISE_SKELLAM;
        };
    }

    /** @throws MalformedMessageException if it is none */
    static Protection decode(dev.hansa.wire.proto.Protection message) {
        return Fields.checked("protection",
                () -> new Protection(Fields.size("protection.clip", message.getClip()),
                        Fields.sizeOrNone("protection.deviation", message.getDeviation()), message.getTellsFit(),
                        message.hasQuantised() ? Optional.of(decode(message.getQuantised())) : Optional.empty()));
    }

    private static Quantised decode(dev.hansa.wire.proto.Protection.Quantised message) {
        return new Quantised(decode(message.getNoise()), message.getBits(),
                Fields.size("protection.granularity", message.getGranularity()),
                new Seed(message.getRotationSeed()));
    }

    private static IntegerNoise decode(Noise noise) {
        return switch (noise) {
            case NOISE_DISCRETE_GAUSSIAN -> IntegerNoise.DISCRETE_GAUSSIAN;
            case NOISE_SKELLAM -> IntegerNoise.SKELLAM;
            case NOISE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException(
                    "the noise is of a kind that is not known here: a newer version of Hansa may know it");
        };
    }
}
