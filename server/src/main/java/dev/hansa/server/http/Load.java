package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many requests of nodes are worked on at once, so that memory and disk are not asked for more than they have.
 *
 * <p>Rule: new work gets half of the places, new work and uploads three quarters, reports all: when there is too much, what
 * nodes have done is taken in before they are given more. Who finds no place waits its turn for a while, and is then turned
 * away and told when to come back. Who waits for work, or has not signed, has no place. Safe for several threads.
 */
final class Load {
    private static final Logger LOG = LoggerFactory.getLogger(Load.class);
    private static final Duration COME_BACK = Duration.ofSeconds(5);

    private final Semaphore forNew;
    private final Semaphore forNewAndUploads;
    private final Semaphore forAll;
    private final int places;
    private final Duration patience;
    private final Transfers transfers = new Transfers();
    private final Tally turnedAway = new Tally(System::nanoTime);

    /**
     * @param places   for all together
     * @param patience how long a request waits for one
     */
    Load(int places, Duration patience) {
        this.places = places;
        this.patience = patience;
        this.forNew = quarters(2);
        this.forNewAndUploads = quarters(3);
        this.forAll = quarters(4);
    }

    private Semaphore quarters(int count) {
        return new Semaphore(Math.max(1, places * count / 4), true);
    }

    /**
     * A place, to be closed when the work is done.
     *
     * @throws RejectedException {@code busy} if none gets free in time
     */
    Place enter(Kind kind) throws InterruptedException {
        return enter(kind, () -> {});
    }

    /** @param end is run when the place is closed, or there is none */
    private Place enter(Kind kind, Runnable end) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Runnable> taken = new ArrayList<>(List.of(end));
        try {
            for (Semaphore share : shares(kind)) {
                if (!share.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw turnAway("the coordinator has too much to do",
                            forAll.availablePermits() + " of " + places + " places are free");
                }
                taken.add(share::release);
            }
            Place place = new Place(taken);
            taken.clear();
            return place;
        } finally {
            taken.forEach(Runnable::run);
        }
    }

    /**
     * A place for what may take long: a model that goes to the node, an update that comes from it.
     *
     * @param cut ends it from outside, when the node has begun {@linkplain Transfers too many} others since
     * @throws RejectedException {@code busy} if none gets free in time
     */
    Place enterTransfer(Kind kind, String node, Runnable cut) throws InterruptedException {
        return enter(kind, transfers.begin(node, cut));
    }

    private List<Semaphore> shares(Kind kind) {
        return switch (kind) {
            case NEW -> List.of(forNew, forNewAndUploads, forAll);
            case UPLOAD -> List.of(forNewAndUploads, forAll);
            case REPORT -> List.of(forAll);
        };
    }

    /** Whose body finds no room now, counted for the log. */
    RejectedException turnAway(String reason) {
        return turnAway(reason, "the room for bodies is taken");
    }

    private RejectedException turnAway(String reason, String lack) {
        turnedAway.note(requests -> LOG.warn("{} turned away, to come back later: {} ({})",
                requests == 1 ? "a request was" : requests + " requests were", reason, lack));
        return RejectedException.busy(reason + "; try again later", COME_BACK);
    }

    /** What is worked on. */
    enum Kind {
        /** A task that is given, a model that is fetched, a node that comes. */
        NEW,
        /** An update that comes in. */
        UPLOAD,
        /** A report, which is short and makes room. */
        REPORT
    }

    /** A request that is worked on. */
    static final class Place implements AutoCloseable {
        /** Each gives back what was taken. */
        private final List<Runnable> taken;

        private Place(List<Runnable> taken) {
            this.taken = new ArrayList<>(taken);
        }

        /** Gives the place to another; a second call does nothing. */
        @Override
        public void close() {
            taken.forEach(Runnable::run);
            taken.clear();
        }
    }
}
