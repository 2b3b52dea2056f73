package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.server.api.NodeView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodesCommandTest {

    private static NodeView node(String name, Optional<Long> down, Optional<Long> up) {
        return new NodeView(name, "1.2.3", List.of("iris"), Instant.EPOCH, Instant.EPOCH, true, down, up);
    }

    @Test
    void showsHowFastTheLastLargeBlobsWentEachWay() {
        List<String> lines = NodesCommand.table(List.of(node("alice", Optional.of(12_500_000L), Optional.of(250_000L)),
                node("bob", Optional.empty(), Optional.empty())));

        assertThat(cells(lines.get(0))).containsSubsequence("LAST SEEN", "DOWN", "UP", "JOINED");
        int down = cells(lines.get(0)).indexOf("DOWN");
        assertThat(cells(lines.get(1)).subList(down, down + 2)).containsExactly("13 MB/s", "250 kB/s");
        assertThat(cells(lines.get(2)).subList(down, down + 2)).as("nothing large moved").containsExactly("–", "–");
    }

    private static List<String> cells(String line) {
        return List.of(line.split(" {2,}"));
    }
}
