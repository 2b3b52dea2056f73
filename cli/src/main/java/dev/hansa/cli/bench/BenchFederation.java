package dev.hansa.cli.bench;

import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.process.Child;
import dev.hansa.core.FederationException;
import dev.hansa.server.api.TokenRequest;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A coordinator as a process, and nodes as processes or emulated here. Closing it ends them all, the last first. */
final class BenchFederation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BenchFederation.class);
    private static final int NODE_MEBIBYTES = 512;
    /** So many nodes join at a time. */
    private static final int JOINING = 16;

    private final Path folder;
    private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
    private final Token access;
    private final Operator operator;
    private final Gauge coordinator;
    /** The first thing that an emulated node could not go on after. */
    private final BlockingQueue<RuntimeException> broken = new ArrayBlockingQueue<>(1);

    /**
     * Starts the coordinator.
     *
     * @param heapMebibytes the most memory for its objects
     */
    BenchFederation(Path folder, int heapMebibytes) throws IOException {
        this.folder = folder;
        Path data = folder.resolve("coordinator");
        Child child = opened(Child.start("coordinator", folder.resolve("coordinator.log"), heapMebibytes,
                List.of("serve", "--data", data.toString(), "--port", "0", "--bind", "127.0.0.1", "--json")));
        child.firstLine();
        coordinator = new Gauge(child.pid());
        access = Token.parse(Token.Kind.OPERATOR, Files.readString(data.resolve("operator.token")));
        operator = opened(new Operator(access));
    }

    /**
     * Adds nodes that only speak like such.
     *
     * @param joined is told how many there are
     */
    void emulate(Workload workload, IntConsumer joined) throws IOException, InterruptedException {
        NodeHttp http = opened(new NodeHttp(access));
        Updates updates = new Updates(workload.layout(), workload.nodes());
        ExecutorService joining = Executors.newFixedThreadPool(JOINING, Thread.ofVirtual().factory());
        List<Future<EmulatedNode>> nodes = new ArrayList<>();
        for (int number = 1; number <= workload.nodes(); number++) {
            int its = number;
            nodes.add(joining.submit(() -> new EmulatedNode(http, its,
                    Token.parse(Token.Kind.JOIN, token(its)), workload, updates)));
        }
        joining.shutdown();
        List<Thread> threads = new ArrayList<>();
        open.push(() -> threads.forEach(Thread::interrupt));
        for (Future<EmulatedNode> node : nodes) {
            try {
                EmulatedNode joinedNode = node.get();
                threads.add(Thread.ofVirtual().start(() -> work(joinedNode)));
            } catch (ExecutionException e) {
                joining.shutdownNow();
                if (e.getCause() instanceof FederationException refused) {
                    throw refused;
                }
                throw new IOException("a node could not join: " + e.getCause(), e);
            }
            joined.accept(threads.size());
        }
    }

    private void work(EmulatedNode node) {
        try {
            node.run();
        } catch (RuntimeException e) {
            broken.offer(e);
        }
    }

    /**
     * Lets time pass.
     *
     * @throws FederationException as soon as an emulated node is not given what it asked for
     */
    void pass(Duration time) throws InterruptedException {
        RuntimeException problem = broken.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        if (problem != null) {
            throw problem;
        }
    }

    /** Adds nodes that are processes and train. */
    void launch(int nodes, Workload workload) throws IOException {
        for (int number = 1; number <= nodes; number++) {
            String name = "node-" + number;
            Path token = Files.writeString(folder.resolve(name + ".token"), token(number));
            Path rows = Files.writeString(folder.resolve(name + ".csv"), workload.csv(number));
            opened(Child.start(name, folder.resolve(name + ".log"), NODE_MEBIBYTES, List.of("join", "@" + token,
                    "--data", Workload.DATA_SET + "=" + rows, "--state", folder.resolve(name).toString())));
        }
    }

    private String token(int number) {
        return operator.token(new TokenRequest(Optional.of("node-" + number), Optional.empty())).token();
    }

    Operator operator() {
        return operator;
    }

    Gauge coordinator() {
        return coordinator;
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** Ends all, whatever one of them says to it, and deletes what they kept, keys above all. */
    @Override
    public synchronized void close() {
        boolean interrupted = false;
        for (AutoCloseable part = open.pollFirst(); part != null; part = open.pollFirst()) {
            try {
                part.close();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (Exception e) {
                LOG.warn("a part of the benchmark did not end well", e);
            }
        }
        try {
            delete();
        } catch (IOException e) {
            LOG.warn("{} could not be deleted; it holds keys of the benchmark", folder, e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete() throws IOException {
        if (Files.exists(folder)) {
            List<Path> kept;
            try (Stream<Path> files = Files.walk(folder)) {
                kept = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : kept) {
                Files.delete(file);
            }
        }
    }
}
