package dev.hansa.core.privacy.correlated;

import java.util.List;

/**
 * A buffered linear Toeplitz matrix, c_t = Σ_i ω_i θ_i^(t−1): noise of it is made with one buffer for each i, however many
 * rounds there are. Dvijotham, McMahan, Pillutla, Steinke, Thakurta, <i>Efficient and Near-Optimal Noise Generation for
 * Streaming Differential Privacy</i>, FOCS 2024; McMahan, Xu, Zhang, <i>A Hassle-free Algorithm for Private Learning in
 * Practical Federated Learning</i>, 2024.
 *
 * @param decay  θ, by buffer; from 0 to 1
 * @param output ω, by buffer; greater than 0
 */
public record BufferedLinear(List<Double> decay, List<Double> output) implements Toeplitz {

    public BufferedLinear {
        decay = List.copyOf(decay);
        output = List.copyOf(output);
        if (decay.isEmpty() || decay.size() != output.size()) {
            throw new IllegalArgumentException(
                    "got " + decay.size() + " decays and " + output.size() + " outputs, expected as many, and some");
        }
        if (!decay.stream().allMatch(theta -> theta >= 0 && theta <= 1)) {
            throw new IllegalArgumentException("the decays are " + decay + ", expected each from 0 to 1");
        }
        if (!output.stream().allMatch(omega -> omega > 0 && Double.isFinite(omega))) {
            throw new IllegalArgumentException("the outputs are " + output + ", expected each greater than 0");
        }
    }

    /**
     * Optimised elsewhere for so many rounds: for clients that take part once, or every so many rounds. The nearest of a
     * few; each is sound for any number of rounds and any separation, for the sensitivity is computed, but not the best.
     */
    public static BufferedLinear near(int rounds, Participation participation) {
        if (participation.times() == 1) {
            return rounds <= 1500
                    ? new BufferedLinear(List.of(0.9989518465560219, 0.9782308989499152, 0.7415551943817767),
                            List.of(0.04487089939239248, 0.1211070145522085, 0.3107930246870812))
                    : new BufferedLinear(
                            List.of(0.999582498135184, 0.9933720078305782, 0.9443682687596399, 0.6181823817998453),
                            List.of(0.02760622015415928, 0.05731783324965605, 0.15064793517797248,
                                    0.25803298132005603));
        }
        return rounds <= 1500
                ? new BufferedLinear(List.of(0.9999999998047252, 0.9813964489529138, 0.6281403995546261),
                        List.of(0.008382195462965177, 0.21524416408938518, 0.27552732700551286))
                : new BufferedLinear(
                        List.of(0.9999999998260022, 0.9938261111603511, 0.8901508786360801, 0.4735523665610942),
                        List.of(0.006889246921501316, 0.11216570047212288, 0.19304534567599418,
                                0.1879797814897311));
    }

    /** How many copies of the model the noise takes. */
    public int buffers() {
        return decay.size();
    }

    @Override
    public double[] coefficients(int rounds) {
        double[] c = new double[rounds];
        c[0] = 1;
        double[] power = output.stream().mapToDouble(Double::doubleValue).toArray();
        for (int t = 1; t < rounds; t++) {
            for (int i = 0; i < power.length; i++) {
                c[t] += power[i];
                power[i] *= decay.get(i);
            }
        }
        return c;
    }

    /**
     * Turns independent noise of a round into noise C⁻¹ z that is correlated with that of the rounds before.
     *
     * @param z       of the round; overwritten
     * @param buffers what rounds before left, zeros before the first, by buffer as long as z; changed
     */
    public void correlate(double[] z, double[][] buffers) {
        correlate(z, buffers, 0, 0);
    }

    /**
     * The same for a part of the buffers, on a grid: what is taken back of earlier noise is rounded, so that where the
     * outcome lies between grid points tells nothing of what earlier noise was.
     *
     * @param z      multiples of the grain
     * @param offset of the part in each buffer
     * @param grain  a power of two; 0 for no rounding
     */
    public void correlate(double[] z, double[][] buffers, int offset, double grain) {
        double[] theta = decay.stream().mapToDouble(Double::doubleValue).toArray();
        double[] omega = output.stream().mapToDouble(Double::doubleValue).toArray();
        for (int k = 0; k < z.length; k++) {
            double back = 0;
            for (int i = 0; i < buffers.length; i++) {
                back += omega[i] * buffers[i][offset + k];
            }
            double y = z[k] - (grain > 0 ? Math.rint(back / grain) * grain : back);
            for (int i = 0; i < buffers.length; i++) {
                buffers[i][offset + k] = theta[i] * buffers[i][offset + k] + y;
            }
            z[k] = y;
        }
    }
}
