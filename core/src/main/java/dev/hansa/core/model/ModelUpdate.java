package dev.hansa.core.model;

/**
 * What a client gives back after local training.
 *
 * @param difference the local parameters minus those it was sent
 * @param weight     how much it counts in a weighted mean: usually the number of training examples; greater than 0
 * @param sums       sums over the local training, such as the loss
 */
public record ModelUpdate(ParameterSource difference, double weight, Sums sums) {

    public ModelUpdate {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("an update has the weight " + weight + ", expected more than 0");
        }
    }
}
