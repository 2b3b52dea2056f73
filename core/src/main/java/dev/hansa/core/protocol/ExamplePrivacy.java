package dev.hansa.core.protocol;

/**
 * How a training hides each row of its owner's from whoever sees what comes of it, the coordinator too: Abadi, Chu,
 * Goodfellow, McMahan, Mironov, Talwar, Zhang, <i>Deep Learning with Differential Privacy</i>, CCS 2016, Algorithm 1. For
 * each step every row is drawn with the probability q, and of the rows L that were drawn, of N in all, the gradient is
 *
 * <pre>g = (Σ_{i ∈ L} g_i · min(1, C / ‖g_i‖) + Gaussian(0, z² C²)) / (q N)</pre>
 *
 * <p>Guarantee: each step is a Gaussian mechanism of multiplier z on Poisson draws of rate q, for worlds that differ in
 * whether one row counts; the number of rows may be known in both. What is worked out of its gradients costs nothing more.
 *
 * @param clip     C, the largest Euclidean norm of a row's gradient, over all tensors that are trained; finite and greater
 *                 than 0
 * @param noise    z, the noise multiplier; finite and greater than 0
 * @param sampling q; greater than 0, at most 1
 * @param delta    δ of the promise: whoever has 1/δ rows or fewer takes no part in it. Above 0 and below 1
 */
public record ExamplePrivacy(double clip, double noise, double sampling, double delta) {

    public ExamplePrivacy {
        require(clip > 0 && Double.isFinite(clip), "clip", clip, "a finite number greater than 0");
        require(noise > 0 && Double.isFinite(noise), "noise", noise,
                "a finite number greater than 0: without noise no row is hidden");
        require(sampling > 0 && sampling <= 1, "sampling", sampling, "a number above 0, at most 1");
        require(delta > 0 && delta < 1, "delta", delta, "a number above 0 and below 1");
    }

    /** How many of so many rows a step draws on average. */
    public double expected(long rows) {
        return sampling * rows;
    }

    private static void require(boolean good, String name, double value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
