package dev.hansa.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTableTest {
    @TempDir
    Path folder;

    /** As version 13 of the tables left it: the furthest alone. */
    @BeforeEach
    void anOldDatabaseWithTwoNodes() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("hansa.db");
        Flyway.configure().dataSource(url, null, null).locations("classpath:db/migration").target("13").load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String node : new String[]{"ada", "bea"}) {
                statement.execute("insert into nodes (name, public_key, version, data_sets, joined, last_seen)"
                        + " values ('" + node + "', '" + node + "', '1', '[]', 0, 0)");
            }
            LedgerHead old = head(7, "a");
            statement.execute("insert into ledgers (node, sequence, hash) values ('ada', " + old.sequence() + ", '"
                    + old.hash().hex() + "')");
        }
    }

    private Database open() {
        return Database.open(folder.resolve("hansa.db"));
    }

    private static LedgerHead head(long sequence, String ledger) {
        return new LedgerHead(sequence, Sha256.of((ledger + sequence).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void knowsWhatTheOlderVersionKept() {
        try (Database database = open()) {
            LedgerTable ledgers = new LedgerTable(database);
            assertThat(ledgers.find("ada")).hasValue(head(7, "a"));
            assertThat(ledgers.find("bea")).isEmpty();
            assertThat(ledgers.told("ada", head(7, "b"))).isFalse();
            assertThat(ledgers.told("bea", head(7, "b"))).isTrue();
        }
    }

    @Test
    void anotherRecordIsNoticedBeforeAndAfterTheFirstIsOnTheDisk() {
        try (Database database = open()) {
            LedgerTable ledgers = new LedgerTable(database);
            assertThat(ledgers.told("bea", head(2, "b"))).isTrue();
            assertThat(ledgers.told("bea", head(2, "c"))).isFalse();
            assertThat(ledgers.told("bea", head(2, "b"))).as("again").isTrue();
            assertThat(ledgers.told("bea", head(1, "b"))).as("in another order").isTrue();
        }
        try (Database database = open()) {
            LedgerTable ledgers = new LedgerTable(database);
            assertThat(ledgers.find("bea")).hasValue(head(2, "b"));
            assertThat(ledgers.told("bea", head(2, "c"))).isFalse();
            assertThat(ledgers.told("bea", head(1, "c"))).isFalse();
            assertThat(ledgers.told("bea", head(1, "b"))).isTrue();
        }
    }

    @Test
    void keepsAThousandOfANodeAndAllOfTheOthers() {
        try (Database database = open()) {
            LedgerTable ledgers = new LedgerTable(database);
            for (int i = 1; i <= LedgerTable.KEPT + 20; i++) {
                assertThat(ledgers.told("bea", head(i, "b"))).isTrue();
            }
            database.change(handle -> {}); // behind all that was told
            assertThat(database.<Integer>read(handle -> handle
                    .select("select count(*) from ledger_ends where node = 'bea'").mapTo(Integer.class).one()))
                    .isEqualTo(LedgerTable.KEPT);
            assertThat(ledgers.told("bea", head(21, "c"))).as("the oldest that is kept").isFalse();
            assertThat(ledgers.find("ada")).hasValue(head(7, "a"));
        }
    }
}
