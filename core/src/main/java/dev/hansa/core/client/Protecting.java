package dev.hansa.core.client;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.clip.AdaptiveClip;
import dev.hansa.core.privacy.clip.Clip;
import dev.hansa.core.privacy.noise.GranularGaussian;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.Protection;
import java.util.Map;

/** The client's half of a mechanism. */
final class Protecting {
    private final Clip clip;
    private final boolean tellsFit;
    private final double deviation;

    Protecting(Protection protection) {
        this.clip = new Clip(protection.clip());
        this.tellsFit = protection.tellsFit();
        this.deviation = protection.deviation();
    }

    /** The difference, clipped; zeros in the place of one that is not finite. With noise if the client adds any. */
    Parameters protect(Parameters difference, RandomBytes random) {
        Layout layout = difference.layout();
        double factor = clip.factor(Clip.norm(difference));
        float[] values = new float[layout.size()];
        difference.read((offset, read, from, length) -> {
            for (int i = 0; i < length && factor > 0; i++) {
                values[offset + i] = clipped(read[from + i], factor);
            }
        });
        if (deviation > 0) {
            GranularGaussian noise = GranularGaussian.of(deviation / clip.bound(), clip.bound(), values.length);
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

    /** All that is told beside the difference. */
    Sums sums(Parameters difference) {
        return tellsFit
                ? Sums.of(Map.of(Sums.WITHIN_CLIP, AdaptiveClip.bit(Clip.norm(difference), clip.bound())))
                : Sums.NONE;
    }
}
