package dev.hansa.client;

import dev.hansa.core.client.Client;
import dev.hansa.core.data.DataSource;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node refuses for its owner's sake, whatever a run asks: to show too few rows at a time.
 *
 * <p>Guarantee: no row is reported, and no count and no sum over fewer than five rows. What an update can tell
 * nevertheless is said in docs/architecture.md, "What a node gives away".
 */
public final class Guard {

    private Guard() {}

    /**
     * A client that performs tasks on the sources, as a node does.
     *
     * @param sources  by the names under which runs ask for them
     * @param listener hears what is wrong with the data
     */
    public static Client client(Map<String, DataSource> sources, NodeListener listener) {
        Map<String, DataSource> guarded = new TreeMap<>();
        sources.forEach(
                (name, source) -> guarded.put(name, new WatchedSource(name, new EnoughRows(source), listener)));
        return new Client(guarded, new MixedSteps());
    }
}
