package dev.hansa.examples;

import dev.hansa.cli.operator.Operator;
import dev.hansa.server.api.TokenRequest;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The coordinator and the towns' nodes as processes, each of which may be killed and started again. */
final class Federation implements AutoCloseable {
    private final Path folder;
    private final Map<String, HansaProcess> nodes = new HashMap<>();
    private HansaProcess coordinator;
    private Operator operator;
    private Instant started;
    private int port;
    private int lives;

    private Federation(Path folder) {
        this.folder = folder;
    }

    static Federation start(Path folder) throws Exception {
        Federation federation = new Federation(folder);
        try {
            federation.serve();
            federation.coordinator.line();
            Token token = Token.parse(Token.Kind.OPERATOR,
                    Files.readString(federation.home("coordinator").resolve("operator.token")));
            federation.port = token.address().getPort();
            federation.operator = new Operator(token);
            for (String town : Housing.TOWNS) {
                federation.admit(town, town);
            }
            return federation;
        } catch (Exception | Error e) {
            federation.close();
            throw e;
        }
    }

    Operator operator() {
        return operator;
    }

    HansaProcess coordinator() {
        return coordinator;
    }

    /** When the coordinator's process was started. */
    Instant started() {
        return started;
    }

    HansaProcess node(String town) {
        return nodes.get(town);
    }

    /** Where the process keeps what outlives it. */
    Path home(String process) {
        return folder.resolve(process);
    }

    /** Starts the coordinator, and does not wait until it listens. */
    void serve() {
        started = Instant.now();
        coordinator = HansaProcess.start(folder, log("coordinator"), "serve", "--data", home("coordinator").toString(),
                "--port", String.valueOf(port), "--json");
    }

    /** Starts a node that has not joined before, with the rows of the town. */
    void admit(String name, String town) throws IOException {
        Files.writeString(folder.resolve(name + ".token"),
                operator.token(new TokenRequest(Optional.of(name), Optional.empty())).token());
        join(name, town);
    }

    /** Starts the node. */
    HansaProcess join(String town) {
        return join(town, town);
    }

    private HansaProcess join(String name, String town) {
        HansaProcess node =
                HansaProcess.start(folder, log(name), "join", "@" + folder.resolve(name + ".token"), "--data",
                        "housing=" + Housing.csv(town).toAbsolutePath(), "--state", home(name).toString());
        nodes.put(name, node);
        return node;
    }

    private Path log(String process) {
        return folder.resolve(process + "-" + lives++ + ".log");
    }

    @Override
    public void close() throws InterruptedException {
        for (HansaProcess node : nodes.values()) {
            node.close();
        }
        if (coordinator != null) {
            coordinator.close();
        }
        if (operator != null) {
            operator.close();
        }
    }
}
