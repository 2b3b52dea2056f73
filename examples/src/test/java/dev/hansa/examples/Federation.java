package dev.hansa.examples;

import dev.hansa.cli.operator.Operator;
import dev.hansa.server.api.TokenRequest;
import dev.hansa.wire.trust.Token;
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
                Files.writeString(folder.resolve(town + ".token"), federation.operator
                        .token(new TokenRequest(Optional.of(town), Optional.empty())).token());
                federation.join(town);
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

    /** Starts the node. */
    HansaProcess join(String town) {
        HansaProcess node =
                HansaProcess.start(folder, log(town), "join", "@" + folder.resolve(town + ".token"), "--data",
                        "housing=" + Housing.csv(town).toAbsolutePath(), "--state", home(town).toString());
        nodes.put(town, node);
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
