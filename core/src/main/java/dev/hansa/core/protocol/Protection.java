package dev.hansa.core.protocol;

/**
 * What a client does to its update before anybody sees it, and what it keeps back: it tells neither its number of rows nor
 * any sum over them, and counts as any other.
 *
 * @param clip      the largest Euclidean norm of the update, over all tensors; finite and greater than 0
 * @param deviation of the Gaussian noise that the client adds to each value itself; 0 for none, where the coordinator adds it
 * @param tellsFit  whether the client tells if its update was within the clip before it was clipped
 */
public record Protection(double clip, double deviation, boolean tellsFit) {

    public Protection {
        if (!(clip > 0) || Double.isInfinite(clip)) {
            throw new IllegalArgumentException("clip is " + clip + ", expected a finite number greater than 0");
        }
        if (!(deviation >= 0) || Double.isInfinite(deviation)) {
            throw new IllegalArgumentException("deviation is " + deviation + ", expected a finite number of 0 or more");
        }
        if (tellsFit && deviation > 0) {
            throw new IllegalArgumentException("whether an update is within the clip is told without noise of its own,"
                    + " and the client is to add noise: expected one of them");
        }
    }
}
