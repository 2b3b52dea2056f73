package dev.hansa.client;

import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.privacy.noise.NoiseSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What a node refuses for its owner's sake, whatever a run asks: to show too few rows at a time.
 *
 * <p>Guarantee: no row is reported, and no count and no sum over fewer than five rows; but for counts by class and bin,
 * of which each has five rows on average ({@link OwnersSake}). What an update can tell
 * nevertheless is said in docs/architecture.md, "What a node gives away".
 */
public final class Guard {

    private Guard() {}

    /**
     * A client that performs tasks on the sources, as a node does, for as long as its process lives; without a clock, as
     * simulations need it: it does all of a training, however little time the task gives. It shows its models to others.
     *
     * @param sources  by the names under which runs ask for them
     * @param listener hears what is wrong with the data
     */
    public static Client client(Map<String, DataSource> sources, NodeListener listener) {
        return client(sources, listener, ClientMemory.inMemory());
    }

    /** The same, which may be made anew before each task: all that it knows of earlier ones is in the memory. */
    public static Client client(Map<String, DataSource> sources, NodeListener listener, ClientMemory memory) {
        return client(sources, listener, memory, NoiseSource.SECRET);
    }

    /** The same whose noise comes from there. */
    public static Client client(Map<String, DataSource> sources, NodeListener listener, ClientMemory memory,
            NoiseSource noise) {
        return new Client(guarded(sources, listener), new OwnersSake(true), memory, Client.TIMELESS, noise);
    }

    /**
     * A client that performs tasks on the sources.
     *
     * @param memory of earlier rounds
     * @param nanos     a clock that only goes forward
     * @param consent   of the owner, {@link OwnersSake} included
     */
    static Client client(Map<String, DataSource> sources, NodeListener listener, ClientMemory memory,
            LongSupplier nanos, Consent consent) {
        return new Client(guarded(sources, listener), consent, memory, nanos);
    }

    private static Map<String, DataSource> guarded(Map<String, DataSource> sources, NodeListener listener) {
        Map<String, DataSource> guarded = new TreeMap<>();
        sources.forEach(
                (name, source) -> guarded.put(name, new WatchedSource(name, new EnoughRows(source), listener)));
        return guarded;
    }
}
