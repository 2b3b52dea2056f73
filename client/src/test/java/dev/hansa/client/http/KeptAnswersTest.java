package dev.hansa.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.Report;
import dev.hansa.wire.Limits;
import dev.hansa.wire.message.ReportCodec;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptAnswersTest {
    private static final Report.Fitted FITTED = new Report.Fitted(new ModelUpdate(
            Parameters.of(Layout.of(TensorShape.of("w", 3)), 1, -2, 0.5f), 7, Sums.NONE));
    private static final long NOW = 1_800_000_000_000L;

    @TempDir
    private Path folder;

    private final RecordingListener listener = new RecordingListener();

    @Test
    void anAnswerIsFoundByAnotherProcessAsItWasKept() throws IOException {
        KeptAnswer kept = keep("run", "t1");
        KeptAnswer found = answers().find("run", "t1").orElseThrow();
        assertThat(found).isEqualTo(kept);
        byte[] file = Files.readAllBytes(found.file());
        assertThat(found.content()).isEqualTo(Arrays.copyOf(file, (int) found.update().sizeBytes()));
        assertThat(found.report().getFitted().getWeight()).isEqualTo(7);
        assertThat(listener.told).isEmpty();
    }

    @Test
    void anotherTaskOrRunHasNoSuchAnswer() {
        keep("run", "t1");
        assertThat(answers().find("run", "t2")).isEmpty();
        assertThat(answers().find("other", "t1")).isEmpty();
        assertThat(listener.told).isEmpty();
    }

    @Test
    void theNextAnswerOfARunTakesThePlaceOfTheLast() {
        keep("run", "t1");
        keep("run", "t2");
        assertThat(answers().find("run", "t1")).isEmpty();
        assertThat(answers().find("run", "t2")).isPresent();
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void aForgottenAnswerIsGone() {
        keep("run", "t1");
        answers().forget("run");
        answers().forget("a run that kept none");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void runsMayBeCalledAsTheyLike() {
        keep("../../é\n", "t1");
        assertThat(answers().find("../../é\n", "t1")).isPresent();
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void eachBitThatFlipsIsNoticedAndToldAndMeansToTrainAgain() throws IOException {
        Path file = keep("run", "t1").file();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            Files.write(file, damaged);
            assertThat(answers().find("run", "t1")).as("bit flipped in byte %d", at).isEmpty();
            assertThat(listener.told).as("byte %d", at).hasSize(at + 1);
        }
        Files.write(file, whole);
        assertThat(answers().find("run", "t1")).isPresent();
    }

    @Test
    void eachLengthAtWhichAWriteMayBreakOffIsNoticed() throws IOException {
        Path file = keep("run", "t1").file();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(answers().find("run", "t1")).as("%d bytes", length).isEmpty();
        }
        assertThat(listener.told).hasSize(whole.length).allMatch(told -> told.startsWith("lost answer of t1: "));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void anAbsurdLengthIsNoticedBeforeMemoryIsTakenForIt(int length) throws IOException {
        File file = keep("run", "t1").file().toFile();
        try (RandomAccessFile content = new RandomAccessFile(file, "rw")) {
            content.seek(content.length() - 36);
            content.writeInt(length);
        }
        assertThat(answers().find("run", "t1")).isEmpty();
        assertThat(listener.told).singleElement().asString().contains("its end is damaged");
    }

    @Test
    void whatTheDiskTookInPartOnlyIsNotLeftThere() {
        ParameterSource cut = new ParameterSource() {
            @Override
            public Layout layout() {
                return FITTED.update().difference().layout();
            }

            @Override
            public void read(BlockReader reader) {
                reader.accept(0, new float[2], 0, 2);
                throw new UncheckedIOException(new IOException("no room"));
            }
        };
        assertThatThrownBy(() -> answers().keep("run", "t1", cut, blob -> {
            throw new AssertionError("there is no whole update");
        })).isInstanceOf(FederationException.class).hasMessageContaining("no room; is the disk full?");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void onlyTheNewestAreKept() {
        IntStream.range(0, 3 * KeptAnswers.MOST_ANSWERS).forEach(run -> {
            File file = keep("run-" + run, "t").file().toFile();
            assertThat(file.setLastModified(NOW + 1000L * run)).isTrue();
        });
        assertThat(folder.toFile().list()).hasSize(KeptAnswers.MOST_ANSWERS);
        assertThat(answers().find("run-" + (2 * KeptAnswers.MOST_ANSWERS - 1), "t")).isEmpty();
        assertThat(answers().find("run-" + 2 * KeptAnswers.MOST_ANSWERS, "t")).isPresent();
    }

    @Test
    void theirBytesAreBoundedToo() throws IOException {
        Path large = keep("large", "t").file();
        try (RandomAccessFile content = new RandomAccessFile(large.toFile(), "rw")) {
            content.setLength(KeptAnswers.MOST_BYTES + 1); // a hole, which takes no room
        }
        keep("small", "t");
        assertThat(large).doesNotExist();
        assertThat(answers().find("small", "t")).isPresent();
    }

    @Test
    void aStartRemovesWhatIsOldOrNoAnswer() throws IOException {
        Path old = keep("old", "t").file();
        Path young = keep("young", "t").file();
        Path strange = Files.write(folder.resolve("writing.tmp"), new byte[Limits.CHUNK_BYTES]);
        assertThat(old.toFile().setLastModified(NOW - KeptAnswers.LONGEST.toMillis() - 1000)).isTrue();
        assertThat(young.toFile().setLastModified(NOW - Duration.ofDays(6).toMillis())).isTrue();
        answers().tidy(NOW);
        assertThat(old).doesNotExist();
        assertThat(strange).doesNotExist();
        assertThat(young).exists();
    }

    private KeptAnswer keep(String run, String taskId) {
        return answers().keep(run, taskId, FITTED.update().difference(),
                blob -> ReportCodec.encode(FITTED, difference -> blob));
    }

    private KeptAnswers answers() {
        return new KeptAnswers(folder, listener);
    }
}
