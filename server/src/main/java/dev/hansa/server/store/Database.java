package dev.hansa.server.store;

import dev.hansa.core.FederationException;
import dev.hansa.wire.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The tables, in SQLite: one connection that writes ({@link Commits}) and one that reads, each by turns; who reads sees the
 * last commit.
 *
 * <p>Guarantee: what {@link #write} did is on the disk when it returns, all of it, or nothing is changed.
 */
public final class Database implements AutoCloseable {
    private static final int BUSY_MILLIS = 10_000;

    private final Connection connection;
    private final Commits commits;
    private final ReentrantLock readTurn = new ReentrantLock(true);
    private final Connection readConnection;
    private final Jdbi reader;

    private Database(Connection connection, Connection readConnection) {
        this.connection = connection;
        this.commits = new Commits(Jdbi.create(connection));
        this.readConnection = readConnection;
        this.reader = Jdbi.create(readConnection);
    }

    /**
     * Opens the file, made if need be, and brings its tables to this version's form.
     *
     * @throws FederationException if it is no database, or one of a newer version
     */
    public static Database open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            PrivateFiles.syncName(PrivateFiles.create(file));
            SQLiteDataSource source = source(file, config);
            Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
            return new Database(source.getConnection(), source(file, readOnly()).getConnection());
        } catch (IOException | SQLException | RuntimeException e) {
            throw new FederationException("the database " + file + " cannot be opened: " + e.getMessage(), false, e);
        }
    }

    private static SQLiteConfig readOnly() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setReadOnly(true);
        return config;
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    /**
     * Makes the change, all of it or nothing, perhaps in one transaction with others'.
     *
     * @param change does nothing but speak to its handle: it may run twice, on another thread
     */
    public <T> T write(HandleCallback<T, RuntimeException> change) {
        return commits.now(change);
    }

    /**
     * Makes the change in a moment, and not after any that is asked for later; done when it is durable. Kept until the
     * disk takes it, but not over a crash.
     */
    CompletableFuture<Boolean> soon(HandleConsumer<RuntimeException> change) {
        return commits.soon(handle -> {
            change.useHandle(handle);
            return true;
        });
    }

    /** The same as {@link #write}, without a result. */
    public void change(HandleConsumer<RuntimeException> change) {
        write(handle -> {
            change.useHandle(handle);
            return handle;
        });
    }

    /** Sees what was committed when it begins. */
    public <T> T read(HandleCallback<T, RuntimeException> query) {
        readTurn.lock();
        try {
            return reader.inTransaction(query);
        } finally {
            readTurn.unlock();
        }
    }

    /** Waits for the turns at hand to end. */
    @Override
    public void close() {
        commits.close();
        readTurn.lock();
        try {
            readConnection.close();
            connection.close();
        } catch (SQLException e) {
            throw new FederationException("the database cannot be closed: " + e.getMessage(), false, e);
        } finally {
            readTurn.unlock();
        }
    }

    /** Whether the handle's statement changed a row. */
    static boolean changed(Handle handle, String sql, Object... arguments) {
        return handle.execute(sql, arguments) > 0;
    }
}
