package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person who is asked at a terminal. */
class NodeApproveTest {
    private static final String QUESTION = """
            {"run": "lines-1", "about": {"purpose": "prices\\ncost: none", "cost": "epsilon 3"},
             "content": "%s", "time": "2026-01-02T12:00:00Z"}
            """.formatted("ab".repeat(32));

    @TempDir
    Path home;
    private Path asked;

    @BeforeEach
    void aNodeThatWasAsked() throws IOException {
        String name = Sha256.of("lines-1".getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
        asked = Files.writeString(
                Files.createDirectories(home.resolve("node/approvals")).resolve(name + ".asked"), QUESTION);
    }

    private Cli answered(String answer, String... more) {
        Stream<String> args = Stream.of("node", "approve", "lines-1", "--state", home.resolve("node").toString());
        return Cli.answering(home, answer, Stream.concat(args, Stream.of(more)).toArray(String[]::new));
    }

    private int waiting() {
        return Cli.run(home, "node", "ledger", "--state", home.resolve("node").toString(), "--json").json()
                .get("waiting").size();
    }

    @Test
    void whatIsAskedIsShownAndNothingIsDecidedWithoutAnAnswer() {
        for (String silence : new String[]{"", "\n", "perhaps\n"}) {
            Cli cli = answered(silence);
            assertThat(cli.code()).isEqualTo(1);
            assertThat(cli.err()).contains("Let this node take part? [y/n]");
            assertThat(cli.out()).contains("  cost     epsilon 3\n", "nothing was decided");
            assertThat(cli.out().lines()).as("what a run says is no line of its own").noneMatch(
                    line -> line.startsWith("cost: none"));
            assertThat(waiting()).isEqualTo(1);
        }
    }

    @Test
    void yesApprovesAndNoDenies() {
        Cli no = answered("no\n");
        assertThat(no.out()).contains("lines-1 asks this node, and waits since", "denied: lines-1");
        assertThat(waiting()).isZero();
        Cli yes = answered("maybe\n\ny\n");
        assertThat(yes.err()).contains("found 'maybe', expected y or n", "found '', expected y or n");
        assertThat(yes.code()).isZero();
        assertThat(yes.out()).contains("lines-1 has asked this node at", "and you have said no:", "approved: lines-1",
                "within some ten seconds").doesNotContain("waits since");
    }

    @Test
    void aRunThatHasNotAskedForLongMayBeOver() throws IOException {
        assertThat(answered("\n").out()).doesNotContain("it has not asked for");
        Files.setLastModifiedTime(asked, FileTime.from(Instant.now().minus(Duration.ofHours(3))));
        assertThat(answered("\n").out()).contains("it has not asked for 3 h 0 min: the run is over, or");
        Path heard = Files.createFile(home.resolve("node/heard"));
        assertThat(answered("\n").out())
                .contains("it has not asked for 3 h 0 min: the node has heard of its coordinator"
                        + " since, last at ", "so the run is over, or under way without this node");
        Files.setLastModifiedTime(heard, Files.getLastModifiedTime(asked));
        assertThat(answered("\n").out()).contains("nor has the node heard of its coordinator, since ",
                "whether the run is over is not known");
    }

    @Test
    void machinesAreNotAskedAndSayWhichOne() {
        Cli machine = answered("y\n", "--json");
        assertThat(machine.code()).isEqualTo(2);
        assertThat(waiting()).isEqualTo(1);
        assertThat(answered("", "--yes", "--deny").err()).contains("expected one of them");
        assertThat(answered("", "--deny", "--json").json().get("decision").asString()).isEqualTo("denied");
    }
}
