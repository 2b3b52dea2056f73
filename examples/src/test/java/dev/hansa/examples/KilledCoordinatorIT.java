package dev.hansa.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.operator.UnreachableException;
import dev.hansa.server.api.RunState;
import dev.hansa.server.api.RunView;
import dev.hansa.server.api.TokenRequest;
import dev.hansa.spec.RunFile;
import dev.hansa.wire.trust.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The coordinator as a process that is killed again and again, with no chance to tidy up, while nodes go on. */
class KilledCoordinatorIT {
    private static final int KILLS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void theRunEndsInTheSameBytesAsAnUndisturbedOne() throws Exception {
        RunFile file = Housing.run();
        HansaProcess coordinator = serve(0);
        Token token = Token.parse(Token.Kind.OPERATOR,
                Files.readString(folder.resolve("coordinator").resolve("operator.token")));
        int port = token.address().getPort();
        Operator operator = opened(new Operator(token));
        for (String town : Housing.TOWNS) {
            join(town, operator.token(new TokenRequest(Optional.of(town), Optional.empty())).token());
        }
        String run = operator.submit(file.text()).id();
        for (int kill = 1; kill <= KILLS; kill++) {
            int round = 1 + 12 * (kill - 1);
            await().atMost(PATIENCE).until(() -> view(operator, run).map(RunView::round).orElse(0) >= round);
            assertThat(operator.run(run).state().over()).as("over before the coordinator is killed").isFalse();
            coordinator.kill();
            assertThat(view(operator, run)).as("the coordinator is gone").isEmpty();
            coordinator = serve(port);
        }
        await().atMost(PATIENCE).until(() -> view(operator, run).filter(view -> view.state().over()).isPresent());

        RunView end = operator.run(run);
        assertThat(end.state()).as(end.reason()).isEqualTo(RunState.FINISHED);
        assertThat(end.history()).hasSize(50);
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        operator.model(run, model);
        assertThat(model.toByteArray()).isEqualTo(Housing.simulatedModel(file));
    }

    private static Optional<RunView> view(Operator operator, String run) {
        try {
            return Optional.of(operator.run(run));
        } catch (UnreachableException e) {
            return Optional.empty();
        }
    }

    private HansaProcess serve(int port) throws IOException {
        HansaProcess coordinator = opened(HansaProcess.start(folder, folder.resolve("coordinator.log"), "serve",
                "--data", folder.resolve("coordinator").toString(), "--port", String.valueOf(port), "--json"));
        coordinator.line();
        return coordinator;
    }

    private void join(String town, String joinToken) throws IOException {
        Path token = Files.writeString(folder.resolve(town + ".token"), joinToken);
        opened(HansaProcess.start(folder, folder.resolve(town + ".log"), "join", "@" + token, "--data",
                "housing=" + Housing.csv(town).toAbsolutePath(), "--state", folder.resolve(town).toString()));
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.add(part);
        return part;
    }
}
