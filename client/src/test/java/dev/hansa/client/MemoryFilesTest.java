package dev.hansa.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.FederationException;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.ClientMemoryContract;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each call is that of another process. */
class MemoryFilesTest extends ClientMemoryContract implements NodeListener {
    private static final Parameters HELD = Parameters.of(Layout.of(TensorShape.of("w", 3)), 1, -2, 0.5f);
    private static final long NOW = 1_800_000_000_000L;

    @TempDir
    private Path folder;

    @TempDir
    private Path told;

    @TempDir
    private Path personal;

    private final List<String> lost = new ArrayList<>();

    @Override
    protected ClientMemory memory() {
        return files();
    }

    private MemoryFiles files() {
        return new MemoryFiles(folder, told, personal, this);
    }

    @Override
    public void memoryLost(String run, String problem) {
        lost.add(run + ": " + problem);
    }

    @Test
    void aDamagedOneIsToldAndCountsAsNone() throws IOException {
        files().keep("run", 0, 1, HELD);
        files().keep("run", 1, 2, HELD);
        Path second = Arrays.stream(all()).filter(name -> name.contains("-2-")).map(folder::resolve).findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(second);
        bytes[bytes.length - 1] ^= 1;
        Files.write(second, bytes);
        assertThat(files().of("run", 2)).isEmpty();
        assertThat(lost).singleElement().asString().startsWith("run: ").endsWith("is damaged");
        assertThat(files().of("run", 1)).contains(HELD);
    }

    /** An update with it may be on its way: seed 504 of the fault simulation lost it to a disk that was full. */
    @Test
    void whatARoundHeldBackStaysUntilItIsReplaced() throws IOException {
        files().keep("run", 0, 1, HELD);
        String sha256 = all()[0].split("-")[2];
        Path obstacle = Files.createDirectories(folder.resolve(sha256 + ".safetensors").resolve("obstacle"));
        assertThatThrownBy(() -> files().keep("run", 0, 1, HELD)).isInstanceOf(FederationException.class);
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        assertThat(files().of("run", 1)).contains(HELD);
    }

    @Test
    void runsMayBeCalledAsTheyLikeAndOnlyTheLastFewAreKept() {
        for (int run = 0; run < 2 * MemoryFiles.MOST_RUNS; run++) {
            files().keep("../é-" + run, 0, 5, HELD);
            for (File file : folder.toFile().listFiles()) {
                assertThat(file.setLastModified(file.lastModified() - 10_000)).isTrue();
            }
        }
        assertThat(all()).hasSize(MemoryFiles.MOST_RUNS);
        assertThat(files().of("../é-" + (2 * MemoryFiles.MOST_RUNS - 1), 5)).contains(HELD);
        assertThat(files().of("../é-0", 5)).isEmpty();
    }

    @Test
    void aClockThatWasSetBackDoesNotLoseWhatWasJustKept() {
        for (int run = 0; run < MemoryFiles.MOST_RUNS; run++) {
            files().keep("run-" + run, 0, 5, HELD);
        }
        for (File file : folder.toFile().listFiles()) {
            assertThat(file.setLastModified(file.lastModified() + 3_600_000)).isTrue();
        }
        files().keep("run", 0, 5, HELD);
        assertThat(files().of("run", 5)).contains(HELD);
        assertThat(all()).hasSize(MemoryFiles.MOST_RUNS);
    }

    @Test
    void aStartRemovesWhatIsOldOrHalfWritten() throws IOException {
        files().keep("old", 0, 1, HELD);
        assertThat(folder.resolve(all()[0]).toFile()
                .setLastModified(NOW - MemoryFiles.LONGEST.plus(Duration.ofSeconds(1)).toMillis())).isTrue();
        Files.write(folder.resolve("writing.tmp"), new byte[3]);
        files().tidy(NOW);
        assertThat(all()).isEmpty();
    }

    @Test
    void aStartKeepsWhatMayBeSentYet() {
        files().keep("run", 0, 1, HELD);
        files().tidy(folder.resolve(all()[0]).toFile().lastModified() + MemoryFiles.LONGEST.toMillis());
        assertThat(files().of("run", 1)).contains(HELD);
    }

    @Test
    void aDiskThatFailsIsToldToTheOwnerInFullAndToTheCoordinatorInShort() throws IOException {
        Files.delete(folder);
        assertThatThrownBy(() -> files().keep("run", 0, 1, HELD)).isInstanceOf(FederationException.class)
                .hasMessage(
                        "what is to be remembered of the round cannot be kept on this node now; its owner's log tells more");
        assertThat(lost).singleElement().asString().contains(folder.toString());
        Files.createDirectory(folder);
    }

    @Test
    void whatWasToldStaysOverManyRunsUntilItIsOldAndCountsAsNoneIfItIsDamaged() throws IOException {
        files().keepTold("run", "moments", HELD);
        for (int run = 0; run < 2 * MemoryFiles.MOST_RUNS; run++) {
            files().keep("run-" + run, 0, 5, HELD);
        }
        File kept = told.toFile().listFiles()[0];
        files().tidy(kept.lastModified() + MemoryFiles.LONGEST.toMillis());
        assertThat(files().told("run", "moments")).contains(HELD);
        byte[] whole = Files.readAllBytes(kept.toPath());
        Files.write(kept.toPath(), Arrays.copyOf(whole, whole.length - 1));
        assertThat(files().told("run", "moments")).isEmpty();
        assertThat(lost).singleElement().asString().startsWith("run: ").contains("is damaged");
        files().tidy(kept.lastModified() + MemoryFiles.LONGEST.toMillis() + 1);
        assertThat(told).isEmptyDirectory();
    }

    @Test
    void onlyTheNewestModelsOfOnesOwnAreKept() {
        for (int run = 0; run < PersonalFiles.MOST_RUNS + 3; run++) {
            for (File file : personal.toFile().listFiles()) {
                assertThat(file.setLastModified(file.lastModified() - 10_000)).isTrue();
            }
            files().keepPersonal("run-" + run, 5, HELD);
        }
        assertThat(personal.toFile().list()).hasSize(PersonalFiles.MOST_RUNS).contains("run-66.safetensors")
                .doesNotContain("run-2.safetensors");
    }

    private String[] all() {
        return folder.toFile().list();
    }
}
