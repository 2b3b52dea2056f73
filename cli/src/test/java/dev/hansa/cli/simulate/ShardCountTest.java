package dev.hansa.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Seed;
import dev.hansa.core.simulation.LabelShards;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is said of too many shards is held against the shards themselves. */
class ShardCountTest {
    private static final Pattern FOR_EACH = Pattern.compile("at most ([0-9]+) for each");
    private static final Pattern CLIENTS = Pattern.compile("at most ([0-9]+) client");

    @Test
    void withTheCountsThatAreNamedEachClientTrains() {
        int named = 0;
        for (int rows = 1; rows < 300; rows += 7) {
            for (int clients = 1; clients < 40; clients += 3) {
                for (int shards = 1; shards < 60; shards += 4) {
                    for (int least : new int[]{5, 17}) {
                        Optional<String> objection = new ShardCount(clients, shards, rows, least).objection();
                        assertThat(objection.isPresent()).isEqualTo(clients * shards > rows);
                        String said = objection.orElse("");
                        Matcher each = FOR_EACH.matcher(said);
                        if (each.find()) {
                            named++;
                            assertThat(fewest(clients, Integer.parseInt(each.group(1)), rows)).as(said)
                                    .isGreaterThanOrEqualTo(least);
                        }
                        Matcher of = CLIENTS.matcher(said);
                        if (of.find()) {
                            named++;
                            assertThat(fewest(Integer.parseInt(of.group(1)), shards, rows)).as(said)
                                    .isGreaterThanOrEqualTo(least);
                        }
                    }
                }
            }
        }
        assertThat(named).isGreaterThan(1000);
    }

    @Test
    void saysWhatWorks() {
        assertThat(new ShardCount(100, 2, 120, 5).objection())
                .contains("cannot cut 120 rows into 200 shards, 2 for each of"
                        + " 100 clients; expected at most 20 clients, for each client needs 5 rows to take part");
        assertThat(new ShardCount(10, 20, 120, 5).objection().orElse(""))
                .contains("expected at most 12 for each, or at most 6 clients, for each");
        assertThat(new ShardCount(3, 2, 4, 5).objection().orElse("")).contains("expected more rows, for each");
    }

    /** Rows of the client that has the fewest. */
    private static int fewest(int clients, int shards, int rows) {
        return new LabelShards(clients, shards, new double[rows], new Seed(1)).rows(rows).values().stream()
                .mapToInt(of -> of.length).min().orElseThrow();
    }
}
