package dev.hansa.server.store;

import dev.hansa.core.FederationException;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** Whether a coordinator can do its work: whether its database answers and its disk has room. */
public final class Readiness {
    private final Database database;
    private final DiskFull disk;

    public Readiness(Database database, DiskFull disk) {
        this.database = database;
        this.disk = disk;
    }

    /** What keeps it from its work now, for operators; empty if nothing does. */
    public Optional<String> problem() {
        if (disk.now()) {
            return Optional.of("the disk is full");
        }
        try {
            database.read(handle -> handle.select("select 1").mapTo(Integer.class).one());
            return Optional.empty();
        } catch (FederationException | JdbiException e) {
            return Optional.of("the database does not answer");
        }
    }
}
