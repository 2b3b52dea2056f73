package dev.hansa.server;

import dev.hansa.core.FederationException;
import dev.hansa.server.api.RunSummary;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.fleet.TaskBoard;
import dev.hansa.server.http.Api;
import dev.hansa.server.http.HttpServer;
import dev.hansa.server.http.Port;
import dev.hansa.server.run.RunViews;
import dev.hansa.server.run.Runs;
import dev.hansa.server.run.Surveys;
import dev.hansa.server.store.AccessTable;
import dev.hansa.server.store.AuditLog;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.store.Database;
import dev.hansa.server.store.EventLog;
import dev.hansa.server.store.LedgerTable;
import dev.hansa.server.store.NodeTable;
import dev.hansa.server.store.OwnRowsStore;
import dev.hansa.server.store.Readiness;
import dev.hansa.server.store.RunTable;
import dev.hansa.server.store.SqliteStore;
import dev.hansa.server.store.SurveyTable;
import dev.hansa.server.store.TaskTable;
import dev.hansa.server.store.TokenTable;
import dev.hansa.server.trust.AccessTokens;
import dev.hansa.server.trust.JoinTokens;
import dev.hansa.server.trust.OperatorToken;
import dev.hansa.server.trust.ServerCertificate;
import dev.hansa.wire.trust.Token;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A coordinator that runs: it listens, and its runs go on.
 *
 * <p>It can be killed at any moment; the next one on the same data directory goes on with each run where it was: what a
 * node reported in the round under way is not asked for again.
 */
public final class Coordinator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final Duration CERTIFICATE_CHECK = Duration.ofDays(1);

    /** What is open, the last first: the order in which it is closed. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final URI address;
    private final OperatorToken operator;
    private final List<RunSummary> resumed;

    /**
     * Starts.
     *
     * @throws FederationException if the data directory is another's or cannot be written, or the port is in use
     */
    public static Coordinator start(CoordinatorConfig config) {
        return new Coordinator(config);
    }

    private Coordinator(CoordinatorConfig config) {
        try {
            DataDirectory directory = opened(DataDirectory.open(config.dataDirectory()));
            Path tokenFile = directory.file("operator.token");
            Port port = config.port() == 0
                    ? Port.bindAgain(config.bindAddress(),
                            OperatorToken.lastAddress(tokenFile).map(URI::getPort).orElse(0))
                    : Port.bind(config.bindAddress(), config.port());
            open.push(port.channel());
            address = URI.create("https://" + host(config) + ":" + port.number());
            ServerCertificate certificate =
                    ServerCertificate.open(directory, config.hosts(), config.clock().instant());
            operator = OperatorToken.open(tokenFile, address, certificate.fingerprint());

            Database database = opened(Database.open(directory.file("hansa.db")));
            EventLog events = new EventLog(database, config.clock());
            SqliteStore store = new SqliteStore(database, directory, events);
            AuditLog audit = new AuditLog(database, config.clock());
            RunTable runTable = new RunTable(database);
            TaskTable taskTable = new TaskTable(database, events);

            Nodes nodes = new Nodes(new NodeTable(database), config.clock(), new ReentrantLock(), System::nanoTime);
            TaskBoard board = new TaskBoard(taskTable, new ReentrantLock(), System::nanoTime);
            Runs runs = new Runs(runTable, store, directory, nodes, board, taskTable,
                    new OwnRowsStore(config.rows(), directory), config.clock());
            Surveys surveys =
                    new Surveys(new SurveyTable(database), directory, nodes, board, taskTable, config.clock());
            RunViews views = new RunViews(runTable, store, directory, nodes, runs);
            JoinTokens tokens =
                    new JoinTokens(new TokenTable(database), address, certificate.fingerprint(), config.clock());
            AccessTokens access = new AccessTokens(new AccessTable(database), operator, config.clock());
            Api api = new Api(nodes, board, tokens, access, runs, views, surveys, events,
                    new LedgerTable(database), audit, new Readiness(database, directory.diskFull()), config.limits(),
                    config.clock());

            audit.note("coordinator", "coordinator.start", address.toString(), "");
            open.push(() -> audit.note("coordinator", "coordinator.stop", "", ""));
            open.push(runs);
            open.push(surveys);
            runs.resume(); // before anybody can submit another
            surveys.resume();
            resumed = views.underWay();
            HttpServer server = opened(
                    HttpServer.start(port, certificate.keyStore(), config.limits(), config.clock(),
                            directory.diskFull(), api.endpoints()));
            opened(new CertificateRenewal(certificate, config.clock(), CERTIFICATE_CHECK, server::present));
            open.push(board::drain); // lets go of the nodes that wait, or the server would wait for them
            open.push(events); // and of the operators who wait
            LOG.info("listening on {}, data in {}", address, config.dataDirectory());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private static String host(CoordinatorConfig config) {
        String host = config.hosts().isEmpty() ? "localhost" : config.hosts().getFirst();
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** Where it is reached. */
    public URI address() {
        return address;
    }

    /** The runs with which it goes on, as they stood when it started. */
    public List<RunSummary> resumed() {
        return resumed;
    }

    /** The right to operate it. */
    public Token operatorToken() {
        return operator.token();
    }

    /** Where the operator's token is kept, readable for the owner of the data directory alone. */
    public Path operatorTokenFile() {
        return operator.file();
    }

    /**
     * Lets requests end, pauses the runs and gives the data directory back; all of it, in order, even if the calling thread
     * is interrupted, whose interrupt is still there afterwards. A second call does nothing.
     */
    @Override
    public synchronized void close() {
        Thread closing = Thread.ofPlatform().name("hansa-close").start(this::closeParts); // which nobody interrupts
        boolean interrupted = false;
        while (closing.isAlive()) {
            try {
                closing.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeParts() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("a part of the coordinator did not close", e);
            }
        }
    }
}
