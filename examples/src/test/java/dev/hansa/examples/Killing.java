package dev.hansa.examples;

import java.util.Optional;
import java.util.Random;

/** When processes of a run are killed, and which; drawn by a seed, so that the same can be tried again. */
final class Killing {
    private final Random random;

    Killing(long seed) {
        this.random = new Random(seed);
    }

    Blow next() {
        boolean early = random.nextInt(4) == 0;
        Optional<Companion> node = random.nextInt(3) == 0
                ? Optional.of(new Companion(Housing.TOWNS.get(random.nextInt(Housing.TOWNS.size())),
                        random.nextInt(1_000), random.nextInt(3) == 0))
                : Optional.empty();
        return new Blow(random.nextInt(early ? 2_500 : 1_500), early, node);
    }

    /**
     * The coordinator is killed, and a node perhaps.
     *
     * @param lifeMillis how long the coordinator goes on before
     * @param early      this is counted from the start of its process, which may not listen yet; otherwise from when the
     *                   run goes on
     */
    record Blow(int lifeMillis, boolean early, Optional<Companion> node) {}

    /**
     * A node that is killed too.
     *
     * @param lifeMillis how long it lives after the coordinator
     * @param late       the coordinator is started again before this, otherwise after
     */
    record Companion(String town, int lifeMillis, boolean late) {}
}
