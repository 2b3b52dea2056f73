package dev.hansa.core.client;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.clip.AdaptiveClip;
import dev.hansa.core.privacy.clip.Clip;
import dev.hansa.core.privacy.distributed.DistributedNoise;
import dev.hansa.core.privacy.distributed.Quantisation;
import dev.hansa.core.privacy.distributed.Rotation;
import dev.hansa.core.privacy.noise.GranularGaussian;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Protection.Quantised;
import java.util.Map;

/** The client's half of a mechanism. */
final class Protecting {
    private final Protection protection;
    private final Clip clip;

    Protecting(Protection protection) {
        this.protection = protection;
        this.clip = new Clip(protection.clip());
    }

    /** The difference, clipped; zeros in the place of one that is not finite. With noise if the client adds any. */
    Parameters protect(Parameters difference, RandomBytes random) {
        return protection.quantised().isPresent()
                ? whole(difference, protection.quantised().get(), random)
                : noised(difference, random);
    }

    private Parameters noised(Parameters difference, RandomBytes random) {
        Layout layout = difference.layout();
        double factor = clip.factor(Clip.norm(difference));
        float[] values = new float[layout.size()];
        difference.read((offset, read, from, length) -> {
            for (int i = 0; i < length && factor > 0; i++) {
                values[offset + i] = clipped(read[from + i], factor);
            }
        });
        if (protection.deviation() > 0) {
            GranularGaussian noise =
                    GranularGaussian.of(protection.deviation() / clip.bound(), clip.bound(), values.length);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (noise.round(values[i]) + noise.next(random));
            }
        }
        return Parameters.owning(layout, values);
    }

    /** Towards zero, so that rounding to single precision makes nothing longer. */
    private static float clipped(float value, double factor) {
        double exact = value * factor;
        float rounded = (float) exact;
        return Math.abs(rounded) > Math.abs(exact) ? Math.nextAfter(rounded, 0.0) : rounded;
    }

    private Parameters whole(Parameters difference, Quantised how, RandomBytes random) {
        double[] update = new double[difference.size()];
        difference.read((offset, read, from, length) -> {
            for (int i = 0; i < length; i++) {
                update[offset + i] = read[from + i];
            }
        });
        Rotation rotation = DistributedNoise.rotation(update.length, how.rotation());
        Quantisation quantisation =
                new Quantisation(how.granularity(), how.bits(), clip.bound(), rotation.length());
        long[] sent = new DistributedNoise(quantisation, how.noise(), protection.deviation()).onClient(update,
                rotation, random);
        float[] values = new float[sent.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = quantisation.unwrap(sent[i]);
        }
        return Parameters.owning(quantisation.layout(), values);
    }

    /** All that is told beside the difference. */
    Sums sums(Parameters difference) {
        return protection.tellsFit()
                ? Sums.of(Map.of(Sums.WITHIN_CLIP, AdaptiveClip.bit(Clip.norm(difference), clip.bound())))
                : Sums.NONE;
    }
}
