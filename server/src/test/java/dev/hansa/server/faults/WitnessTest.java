package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.server.store.TaskRow;
import dev.hansa.server.store.TaskStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness who sees nothing is none: these coordinators are broken. */
class WitnessTest {
    /** So many seeds show it. */
    private static final int SEEDS = 100;

    @TempDir
    Path folder;

    @Test
    void reportsThatAreNotWrittenDownAreNoticed() throws IOException {
        assertThat(noticed(new Broken() {
            @Override
            public boolean report(String id, byte[] report) {
                return true;
            }
        })).contains("is on the disk");
    }

    @Test
    void reportsThatAreForgottenAtARestartAreNoticed() throws IOException {
        assertThat(noticed(new Broken() {
            @Override
            public List<TaskRow> of(String run) {
                return super.of(run).stream()
                        .map(row -> new TaskRow(row.id(), row.question(), row.node(), Optional.empty())).toList();
            }
        })).contains("given again");
    }

    @Test
    void tasksThatAreForgottenAtARestartAreNoticed() throws IOException {
        assertThat(noticed(new Broken() {
            @Override
            public List<TaskRow> of(String run) {
                return List.of();
            }
        })).contains("asked for again");
    }

    @Test
    void idsThatAreUsedAgainAreNoticed() throws IOException {
        assertThat(noticed(new Sabotage() {
            @Override
            public long id(long honest) {
                return honest % 7;
            }
        })).contains("used again");
    }

    private String noticed(Sabotage sabotage) throws IOException {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Optional<Throwable> problem =
                    new World(seed, folder.resolve("world" + seed), sabotage).run().problem();
            if (problem.isPresent()) {
                return String.valueOf(problem.get().getMessage());
            }
        }
        return "nothing in " + SEEDS + " seeds";
    }

    /** Does as the honest one, but for what a test breaks. */
    private abstract static class Broken implements Sabotage, TaskStore {
        private TaskStore honest = this;

        @Override
        public TaskStore tasks(TaskStore tables) {
            honest = tables;
            return this;
        }

        @Override
        public List<TaskRow> of(String run) {
            return honest.of(run);
        }

        @Override
        public void open(String run, List<TaskRow> tasks) {
            honest.open(run, tasks);
        }

        @Override
        public void forget(List<String> ids) {
            honest.forget(ids);
        }

        @Override
        public void close(List<String> ids) {
            honest.close(ids);
        }

        @Override
        public void late(String id, String node) {
            honest.late(id, node);
        }

        @Override
        public boolean report(String id, byte[] report) {
            return honest.report(id, report);
        }
    }
}
