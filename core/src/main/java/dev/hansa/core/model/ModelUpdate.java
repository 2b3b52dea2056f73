package dev.hansa.core.model;

/**
 * What a client gives back after local training.
 *
 * @param difference the local parameters minus those it was sent
 * @param weight     how much it counts in a weighted mean: usually the number of training examples; greater than 0
 * @param sums       sums over the local training, such as the loss
 * @param share      how much of the training that was asked for was done, in steps: above 0, and 1 for all of it
 */
public record ModelUpdate(ParameterSource difference, double weight, Sums sums, double share) {

    public ModelUpdate {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("an update has the weight " + weight + ", expected more than 0");
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("an update has the share " + share + ", expected above 0, at most 1");
        }
    }

    /** After all of the training that was asked for. */
    public ModelUpdate(ParameterSource difference, double weight, Sums sums) {
        this(difference, weight, sums, 1);
    }

    /** Whether less was done than was asked for. */
    public boolean isPartial() {
        return share < 1;
    }
}
