package dev.hansa.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.server.api.AuditChain;
import dev.hansa.server.api.AuditEntry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Database open() {
        return Database.open(folder.resolve("hansa.db"));
    }

    private static void requireWhole(List<AuditEntry> entries) {
        AuditChain chain = new AuditChain();
        entries.forEach(entry -> assertThat(chain.add(entry)).isEmpty());
    }

    @Test
    void goesOnWhereTheProcessBeforeEnded() {
        try (Database database = open()) {
            AuditLog log = new AuditLog(database, CLOCK);
            log.note("operator", "run.stop", "a", "");
            log.note("node:x", "node.leave", "x", "");
        }
        try (Database database = open()) {
            AuditLog log = new AuditLog(database, CLOCK);
            log.note("operator", "run.stop", "b", "");

            List<AuditEntry> all = log.after(0);
            requireWhole(all);
            assertThat(all).extracting(AuditEntry::subject).containsExactly("a", "x", "b");
            assertThat(all).extracting(AuditEntry::time).containsOnly(CLOCK.instant());
            assertThat(log.after(2)).isEqualTo(all.subList(2, 3));
            assertThat(log.after(3)).isEmpty();
        }
    }

    @Test
    void anActStandsInTheLogWhenWhatItDidIsOnTheDisk() {
        try (Database database = open()) {
            AuditLog log = new AuditLog(database, CLOCK);
            log.note("operator", "node.remove", "x", "");
            database.change(handle -> handle.execute("create table done (it text)"));

            assertThat(database.<Integer>read(
                    handle -> handle.select("select count(*) from audit").mapTo(Integer.class).one())).isEqualTo(1);
        }
    }

    @Test
    void manyEntriesComePageByPage() {
        try (Database database = open()) {
            AuditLog log = new AuditLog(database, CLOCK);
            for (int i = 0; i < AuditLog.PAGE + 5; i++) {
                log.note("node:x", "node.report", "run", "round " + i);
            }

            assertThat(log.after(0)).hasSize(AuditLog.PAGE);
            assertThat(log.after(AuditLog.PAGE)).hasSize(5);
        }
    }
}
