package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.LoggerFactory;

/**
 * Thousands of small federations, each with its own misfortunes, in which no promise may be broken.
 *
 * <p>{@code -Dhansa.seeds=100000} tries more of them, {@code -Dhansa.firstSeed=10001} others, {@code -Dhansa.seed=7} tells
 * what happens in one.
 */
class FaultSimulationTest {
    private static final int WORKERS = 2;
    /** At least once in so many worlds each mishap happens. */
    private static final long RARE = 100;
    /** Where no world comes to its end in such a time, somebody waits outside of its time. */
    private static final Duration STUCK = Duration.ofMinutes(1);
    private static final Path MEMORY = Path.of("/dev/shm");
    /** What the coordinator would tell of its misfortunes. */
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.hansa.server");
    private static Path folder;

    @BeforeAll
    static void begin() throws IOException {
        LOG.setLevel(Level.OFF);
        folder = Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, "hansa-faults")
                : Files.createTempDirectory("hansa-faults");
    }

    @AfterAll
    static void end() throws IOException {
        LOG.setLevel(null);
        delete(folder);
    }

    @Test
    void whateverGoesWrongNothingAcknowledgedIsLostOrCountedTwice() throws InterruptedException {
        long first = Long.getLong("hansa.firstSeed", 1);
        long last = first + Long.getLong("hansa.seeds", 10_000) - 1;
        AtomicLong next = new AtomicLong(first);
        AtomicReference<String> broken = new AtomicReference<>();
        Tally tally = new Tally();
        Map<Thread, Long> underWay = new ConcurrentHashMap<>();
        Thread[] workers = new Thread[WORKERS];
        for (int i = 0; i < WORKERS; i++) {
            workers[i] = Thread.ofPlatform().name("worlds-" + i).start(() -> {
                for (long seed = next.getAndIncrement(); seed <= last && broken.get() == null;
                        seed = next.getAndIncrement()) {
                    underWay.put(Thread.currentThread(), seed);
                    World.Outcome outcome = outcome(seed);
                    outcome.problem().ifPresent(problem -> broken.compareAndSet(null, outcome.text()));
                    synchronized (tally) {
                        tally.add(outcome.tally());
                    }
                }
            });
        }
        for (Thread worker : workers) {
            for (long before = -1; !worker.join(STUCK) && before < next.get();) {
                before = next.get();
            }
            assertThat(worker.isAlive()).as("a world stands still: seed %s", underWay.get(worker)).isFalse();
        }
        Optional.ofNullable(broken.get()).ifPresent(text -> fail(text));
        System.out.println("in " + (last - first + 1) + " worlds: " + tally);
        assertThat(Mishap.values()).as("happens at least once in %d worlds: %s", RARE, tally)
                .allMatch(mishap -> tally.of(mishap) >= (last - first + 1) / RARE);
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        for (long seed = 1; seed <= 30; seed++) {
            List<String> story = outcome(seed).trace().lines();
            assertThat(story).isNotEmpty();
            assertThat(outcome(seed).trace().lines()).as("seed " + seed).isEqualTo(story);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "hansa.seed", matches = "-?\\d+")
    void replay() {
        World.Outcome outcome = outcome(Long.getLong("hansa.seed"));
        System.out.println(outcome.text() + "\n" + outcome.tally());
        outcome.problem().ifPresent(problem -> fail("seed " + outcome.seed(), problem));
    }

    private static World.Outcome outcome(long seed) {
        try {
            Path own = Files.createTempDirectory(folder, "world");
            World.Outcome outcome = new World(seed, own).run();
            delete(own);
            return outcome;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    delete(file);
                }
            }
        }
        Files.delete(path);
    }
}
