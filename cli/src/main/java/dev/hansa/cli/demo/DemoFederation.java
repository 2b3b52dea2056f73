package dev.hansa.cli.demo;

import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.process.Child;
import dev.hansa.core.FederationException;
import dev.hansa.server.api.TokenRequest;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator and nodes on this machine, each a process of its own, in one folder. Closing it ends them all. If one of
 * them ends by itself, the thread that started them is interrupted and {@link #failure} says why.
 */
public final class DemoFederation implements AutoCloseable {
    private static final int HEAP_MEBIBYTES = 256;
    private static final String COORDINATOR = "coordinator";

    private final Path folder;
    private final Deque<Child> children = new ArrayDeque<>();
    private @Nullable FederationException failure;
    private @Nullable Consumer<String> told;
    private boolean closed;
    private volatile boolean stopped;

    /** @param folder for what the processes keep and log */
    public DemoFederation(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts all processes; returns when the coordinator answers and the nodes are on their way.
     *
     * @param rows of each node, by its name
     */
    public void start(String dataSet, SortedMap<String, Path> rows) {
        try {
            startCoordinator();
            startNodes(dataSet, rows);
        } catch (IOException e) {
            throw new FederationException("could not prepare the demo in " + folder + ": " + e, true, e);
        }
    }

    private void startCoordinator() {
        launch(COORDINATOR, List.of("serve", "--data", folder.resolve("coordinator").toString(), "--port", "0",
                "--bind", "127.0.0.1", "--json")).firstLine();
    }

    private void startNodes(String dataSet, Map<String, Path> rows) throws IOException {
        try (Operator operator = operator()) {
            for (Map.Entry<String, Path> node : rows.entrySet()) {
                Path token = folder.resolve(node.getKey() + ".token");
                Files.writeString(token,
                        operator.token(new TokenRequest(Optional.of(node.getKey()), Optional.empty())).token());
                launch(node.getKey(), List.of("join", "@" + token, "--data", dataSet + "=" + node.getValue(),
                        "--state", folder.resolve(node.getKey()).toString()));
            }
        }
    }

    private synchronized Child launch(String name, List<String> arguments) {
        if (closed) {
            throw new FederationException("the demo was stopped", true);
        }
        Child child = Child.start(name.equals(COORDINATOR) ? name : "node " + name, folder.resolve(name + ".log"),
                HEAP_MEBIBYTES, arguments);
        children.push(child);
        Thread user = Thread.currentThread();
        child.whenEnded(why -> ended(child, why, user));
        return child;
    }

    /** Where the operator's token is. */
    public Path operatorToken() {
        return folder.resolve("coordinator").resolve("operator.token");
    }

    /** The operator's calls to the coordinator. */
    public Operator operator() {
        try {
            return new Operator(Token.parse(Token.Kind.OPERATOR, Files.readString(operatorToken())));
        } catch (IOException e) {
            throw new FederationException("could not read " + operatorToken() + ": " + e.getMessage(), true, e);
        }
    }

    /** Why the demo cannot go on: one of its processes ended by itself. */
    public synchronized Optional<FederationException> failure() {
        return Optional.ofNullable(failure);
    }

    private synchronized void ended(Child child, FederationException why, Thread user) {
        if (!closed && child.wasInterrupted()) { // by Ctrl-C, which a terminal sends to all of them at once
            stopped = true;
            user.interrupt();
        } else if (!closed && told != null) {
            told.accept(String.valueOf(why.getMessage()));
        } else if (!closed && failure == null) {
            failure = why;
            user.interrupt();
        }
    }

    /** From now on a process may end by itself: somebody plays with them. It is only told. */
    public synchronized void tellEnds(Consumer<String> messages) {
        told = messages;
    }

    /** Where the processes keep what they keep, and log. */
    public Path folder() {
        return folder;
    }

    /** Ends all because somebody wants it. */
    public void stop() {
        stopped = true;
        close();
    }

    /** Whether somebody wanted the end. */
    public boolean stopped() {
        return stopped;
    }

    /**
     * Ends the nodes, then the coordinator, and deletes what they kept, keys above all; the logs stay if one of them
     * failed.
     */
    @Override
    public synchronized void close() {
        closed = true;
        while (!children.isEmpty()) {
            children.pop().close();
        }
        if (Files.exists(folder)) {
            try {
                forget();
            } catch (IOException e) {
                throw new FederationException("could not delete " + folder + ", which holds keys of the demo: " + e,
                        true, e);
            }
        }
    }

    private void forget() throws IOException {
        List<Path> kept;
        try (Stream<Path> files = Files.walk(folder)) {
            kept = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : kept) {
            boolean log = folder.equals(file.getParent()) && file.toString().endsWith(".log");
            if (failure == null || !(log || file.equals(folder))) {
                Files.delete(file);
            }
        }
    }
}
