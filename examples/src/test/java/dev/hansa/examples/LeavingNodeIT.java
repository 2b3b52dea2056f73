package dev.hansa.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.server.api.NodeView;
import dev.hansa.server.fleet.Nodes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's process that is asked to end, as by {@code kill} or an operating system that shuts down, says that it leaves. */
class LeavingNodeIT {
    private static final Duration HANGS = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void theCoordinatorKnowsThatItIsGoneWithoutWaitingForASignOfLife() throws Exception {
        String leaver = Housing.TOWNS.getFirst();
        try (Federation federation = Federation.start(folder)) {
            await().atMost(HANGS).until(() -> here(federation).containsAll(Housing.TOWNS)
                    && federation.node(leaver).log().contains("waits for work"));

            federation.node(leaver).ask();
            assertThat(federation.node(leaver).exitCode()).isEqualTo(128 + 15);
            NodeView gone = await().atMost(HANGS).until(() -> view(federation, leaver), node -> !node.present());
            assertThat(gone.lastSeen()).as("nobody waited for it to be silent for long")
                    .isAfter(Instant.now().minus(Nodes.PATIENCE));
            assertThat(here(federation)).containsExactly(Housing.TOWNS.getLast());

            federation.join(leaver);
            await().atMost(HANGS).until(() -> here(federation).contains(leaver));
        }
    }

    private static NodeView view(Federation federation, String name) {
        return federation.operator().nodes().stream().filter(node -> node.name().equals(name)).findFirst()
                .orElseThrow();
    }

    private static List<String> here(Federation federation) {
        return federation.operator().nodes().stream().filter(NodeView::present).map(NodeView::name).toList();
    }
}
