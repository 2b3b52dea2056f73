package dev.hansa.server.store;

import java.time.Instant;
import java.util.List;

/** The nodes that have joined, the removed ones too: nobody may have their names again. A call is durable when it returns. */
public interface NodeStore {

    /** All nodes, by name. */
    List<NodeRow> all();

    /** Notes what the node said when it started. */
    void hello(String name, String version, List<String> dataSets, Instant now);

    /** Notes when the node was seen. */
    void seen(String name, Instant now);

    /** Notes that the node was removed. */
    void remove(String name, Instant now);
}
