package dev.hansa.server.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of what was used last: it forgets what was not used for the longest time. For one thread at a time. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
    /** A list of so many runs is made without reading a file twice. */
    static final int MOST = 500;
    private static final long serialVersionUID = 1L;

    Recent() {
        super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
    }
}
