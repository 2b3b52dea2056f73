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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A coordinator as a process, and nodes as processes or emulated here, that end with their workshop. */
final class BenchFederation {
    private static final int NODE_MEBIBYTES = 512;
    /** So many nodes join at a time. */
    private static final int JOINING = 16;

    private final Workshop workshop;
    private final Token access;
    private final Operator operator;
    private final Gauge coordinator;
    /** The first thing that the coordinator or an emulated node could not go on after. */
    private final BlockingQueue<RuntimeException> broken = new ArrayBlockingQueue<>(1);

    /**
     * Starts the coordinator.
     *
     * @param heapMebibytes the most memory for its objects
     */
    BenchFederation(Workshop workshop, int heapMebibytes) throws IOException {
        this.workshop = workshop;
        Child child = workshop.start(folder -> Child.start("coordinator", folder.resolve("coordinator.log"),
                heapMebibytes,
                List.of("serve", "--data", folder.resolve("coordinator").toString(), "--port", "0", "--bind",
                        "127.0.0.1", "--json")));
        child.whenEnded(broken::offer);
        JsonNode started = JsonMapper.shared().readTree(child.firstLine());
        coordinator = new Gauge(child.pid());
        access = Token.parse(Token.Kind.OPERATOR,
                Files.readString(Path.of(started.get("operatorToken").asString())));
        operator = workshop.start(_ -> new Operator(access));
    }

    /**
     * Adds nodes that only speak like such.
     *
     * @param joined is told how many there are
     */
    void emulate(Workload workload, IntConsumer joined) throws IOException, InterruptedException {
        NodeHttp http = workshop.start(_ -> new NodeHttp(access));
        Updates updates = new Updates(workload.layout(), workload.nodes());
        ExecutorService joining = Executors.newFixedThreadPool(JOINING, Thread.ofVirtual().factory());
        List<Future<EmulatedNode>> nodes = new ArrayList<>();
        for (int number = 1; number <= workload.nodes(); number++) {
            int its = number;
            nodes.add(joining.submit(() -> new EmulatedNode(http, its,
                    Token.parse(Token.Kind.JOIN, token(its)), workload, updates)));
        }
        joining.shutdown();
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        workshop.start(_ -> () -> threads.forEach(Thread::interrupt));
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
     * @throws FederationException as soon as an emulated node is not given what it asked for, or the coordinator ends
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
            String token = token(number);
            String rows = workload.csv(number);
            workshop.start(folder -> launch(name, folder, token, rows));
        }
    }

    private static Child launch(String name, Path folder, String token, String rows) throws IOException {
        Path tokenFile = Files.writeString(folder.resolve(name + ".token"), token);
        Path data = Files.writeString(folder.resolve(name + ".csv"), rows);
        return Child.start(name, folder.resolve(name + ".log"), NODE_MEBIBYTES, List.of("join", "@" + tokenFile,
                "--data", Workload.DATA_SET + "=" + data, "--state", folder.resolve(name).toString()));
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
}
