package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code hansa audit-log}. */
class AuditLogTest extends OperatorFixture {

    private Path exported() {
        Path file = home.resolve("audit.jsonl");
        Cli export = hansa("audit-log", "export", file.toString());
        assertThat(export.code()).as(export.err()).isZero();
        return file;
    }

    private void fails(Cli cli, String... said) {
        assertThat(cli.code()).as(cli.err()).isEqualTo(1);
        assertThat(cli.err()).contains(said).doesNotContain("\tat ");
    }

    @Test
    void whatWasDoneIsShownExportedAndVerified() throws IOException {
        hansa("token", "--name", "alice");
        hansa("runs", "stop", "nosuchrun");

        assertThat(hansa("audit-log").out()).contains("coordinator.start", "token.create", "run.stop.refused");
        assertThat(hansa("audit-log", "--last", "1").out()).contains("run.stop.refused").doesNotContain("token.create");
        assertThat(hansa("audit-log", "--json").json().get("entries")).hasSize(4);
        assertThat(hansa("audit-log", "verify").out()).startsWith("holds: 4 entries; the end is 4:");
        Cli file = hansa("audit-log", "verify", exported().toString(), "--json");
        assertThat(file.json().get("entries").asInt()).isEqualTo(4);

        String end = "4:" + file.json().get("hash").asString();
        hansa("token");
        assertThat(hansa("audit-log", "verify", "--known", end).code()).isZero();
        List<String> lines = Files.readAllLines(exported());
        Path cut = Files.write(home.resolve("cut"), lines.subList(0, 3));
        assertThat(hansa("audit-log", "verify", cut.toString()).code()).as("nothing tells of an end").isZero();
        fails(hansa("audit-log", "verify", cut.toString(), "--known", end), "it has no entry " + end, "It has 3");
    }

    @Test
    void aChangedExportIsFoundAndTold() throws IOException {
        hansa("token");
        List<String> lines = new ArrayList<>(Files.readAllLines(exported()));
        lines.set(0, lines.getFirst().replace("coordinator.start", "coordinator.halt"));
        fails(hansa("audit-log", "verify", Files.write(home.resolve("changed"), lines).toString()),
                "entry 1 is not what was written", "None of it");

        mistake(hansa("audit-log", "verify", Files.writeString(home.resolve("other"), "1,2\n").toString()),
                "other, line 1: no entry of an audit log");
        mistake(hansa("audit-log", "verify", home.resolve("none").toString()), "there is no file", "none");
        mistake(hansa("audit-log", "verify", "--known", "4:abc"), "--known is \"4:abc\"", "64 hexadecimal digits");
    }
}
