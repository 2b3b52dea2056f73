package dev.hansa.cli.live;

import java.time.Duration;
import java.util.Optional;

/**
 * A run among others, which go on one after the other.
 *
 * @param name   of the run
 * @param number of the run among all, from 1
 * @param of     how many there are
 * @param open   how many are not done, this one included
 * @param ran    how many were run before this one, rather than done already
 * @param passed while those were run
 * @param best     what is known of the best so far; empty before the first
 * @param troubles of all of them together
 */
public record Overall(String name, int number, int of, int open, int ran, Duration passed, Optional<String> best,
        Troubles troubles) {

    /** @param share of this run that is done, 0 to 1 */
    Optional<Duration> left(double share, Duration elapsed) {
        return Eta.of(ran + share, open - share, passed.plus(elapsed));
    }

    /** How much of all is done, 0 to 1. */
    double share(double share) {
        return (of - open + share) / of;
    }
}
