package dev.hansa.cli.bench;

import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.process.Child;
import dev.hansa.server.api.TokenRequest;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A coordinator as a process, and nodes as processes or emulated here. Closing it ends them all, the last first. */
final class BenchFederation implements AutoCloseable {
    private static final int COORDINATOR_MEBIBYTES = 1024;
    private static final int NODE_MEBIBYTES = 512;

    private final Path folder;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Operator operator;
    private final Gauge coordinator;

    /** Starts the coordinator. */
    BenchFederation(Path folder) throws IOException {
        this.folder = folder;
        Path data = folder.resolve("coordinator");
        Child child = opened(Child.start("coordinator", folder.resolve("coordinator.log"), COORDINATOR_MEBIBYTES,
                List.of("serve", "--data", data.toString(), "--port", "0", "--bind", "127.0.0.1", "--json")));
        child.firstLine();
        coordinator = new Gauge(child.pid());
        operator = opened(new Operator(
                Token.parse(Token.Kind.OPERATOR, Files.readString(data.resolve("operator.token")))));
    }

    /** Adds nodes that only speak like such. */
    void emulate(int nodes) throws IOException, InterruptedException {
        for (int number = 1; number <= nodes; number++) {
            Token token = Token.parse(Token.Kind.JOIN, token(number));
            EmulatedNode node = opened(new EmulatedNode(number, token, folder.resolve("node-" + number)));
            Thread thread = Thread.ofVirtual().start(node);
            open.push(() -> {
                thread.interrupt();
                thread.join();
            });
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

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
