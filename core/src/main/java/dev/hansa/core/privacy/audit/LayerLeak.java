package dev.hansa.core.privacy.audit;

/**
 * What can be read from how a fully connected layer with biases was changed: of one row the gradient of the weights of output
 * i is g_i h, that of its bias g_i, so that their ratio is the row h itself, whatever g_i is. One step of training changes both
 * by the same rate. Of several rows, and several steps, each ratio is a mixture of them.
 */
public final class LayerLeak {

    private LayerLeak() {}

    /**
     * What the layer was given, as the output whose bias changed most tells it.
     *
     * @param weights the change, row-major by output and input
     * @param biases  the change, by output
     * @return by input; zeros if no bias changed
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public static double[] input(float[] weights, float[] biases) {
        int most = 0;
        for (int i = 1; i < biases.length; i++) {
            most = Math.abs(biases[i]) > Math.abs(biases[most]) ? i : most;
        }
        return input(weights, biases, most);
    }

    /** What the layer was given, as that output tells it. */
    public static double[] input(float[] weights, float[] biases, int output) {
        if (biases.length == 0 || weights.length % biases.length != 0) {
            throw new IllegalArgumentException(
                    "got " + weights.length + " weights and " + biases.length
                            + " biases, expected weights for each bias");
        }
        int inputs = weights.length / biases.length;
        double[] row = new double[inputs];
        for (int i = 0; i < inputs && biases[output] != 0; i++) {
            row[i] = (double) weights[output * inputs + i] / biases[output];
        }
        return row;
    }

    /**
     * Which classes were among the labels for sure, by the last layer's biases: the gradient of the loss of softmax and
     * cross-entropy is p_i − 1 for the label of a row and p_i for all other classes, so that it is negative for a class of which
     * there were rows, and a step down raises its bias. That of a class may be positive though there were some.
     *
     * @param biases the change of the biases, by class: against the gradient
     */
    public static boolean[] labels(float[] biases) {
        boolean[] present = new boolean[biases.length];
        for (int i = 0; i < biases.length; i++) {
            present[i] = biases[i] > 0;
        }
        return present;
    }

    /**
     * How far what was read is from a row, relative to the row's norm: 0 is the row itself, 1 as far as zeros are; at most 1 by
     * scaling of what was read, which whoever reads it may do as well.
     */
    public static double distance(double[] read, float[] row) {
        double product = 0;
        double squares = 0;
        double norm = 0;
        for (int i = 0; i < row.length; i++) {
            product += read[i] * row[i];
            squares += read[i] * read[i];
            norm += (double) row[i] * row[i];
        }
        if (norm == 0) {
            return squares == 0 ? 0 : 1;
        }
        return squares == 0 || !(product > 0)
                ? 1
                : Math.sqrt(Math.max(0, 1 - product * product / squares / norm));
    }
}
