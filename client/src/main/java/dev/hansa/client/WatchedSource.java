package dev.hansa.client;

import dev.hansa.core.FederationException;
import dev.hansa.core.data.DataException;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Table;

/** Tells the owner what is wrong with the data, before the coordinator is told with fewer words. */
record WatchedSource(String name, DataSource source, NodeListener listener) implements DataSource {

    @Override
    public Table read(DataSpec spec) {
        try {
            return source.read(spec);
        } catch (DataException e) {
            listener.unfit(name, e);
            throw e;
        } catch (FederationException e) {
            listener.unread(name, e);
            throw new FederationException("the data set " + name + " cannot be read now; its owner's log tells more",
                    true, e);
        }
    }
}
