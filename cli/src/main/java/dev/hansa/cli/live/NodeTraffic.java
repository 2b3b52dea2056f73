package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.Traffic;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * All bytes between the coordinator and each node of a run, as its events tell: also those before the first round and of
 * rounds that were abandoned. Not safe for several threads.
 */
public final class NodeTraffic implements Consumer<RunEvent> {
    private final SortedMap<String, Traffic> nodes = new TreeMap<>();

    @Override
    public void accept(RunEvent event) {
        if (event instanceof RunEvent.ClientAnswered answer) {
            nodes.merge(answer.client(), answer.traffic(), Traffic::plus);
        }
    }

    /** With one node. */
    Traffic of(String node) {
        return nodes.getOrDefault(node, Traffic.NONE);
    }

    /** By node, those that have answered. */
    public SortedMap<String, Traffic> byNode() {
        return Collections.unmodifiableSortedMap(nodes);
    }

    /** With all nodes. */
    Traffic total() {
        return nodes.values().stream().reduce(Traffic.NONE, Traffic::plus);
    }
}
