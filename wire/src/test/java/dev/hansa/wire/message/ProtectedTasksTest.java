package dev.hansa.wire.message;

import static dev.hansa.wire.message.Samples.BLOB;
import static dev.hansa.wire.message.Samples.FIT;
import static dev.hansa.wire.message.Samples.PARAMETERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.proto.Task.AskCase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trainings that tell less than a plain one, and nodes that do not know how. */
class ProtectedTasksTest {
    /** Those that a version knew before there was anything to protect updates by. */
    private static final Set<Integer> KNOWN_BEFORE = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9);

    static List<Task.Fit> protectedTasks() {
        return List.of(FIT.protectedBy(new Protection(0.5, 0, false)), FIT.protectedBy(new Protection(2, 0.75, false)),
                FIT.protectedBy(new Protection(2, 0.75, false, Optional.of(
                        new Protection.Quantised(IntegerNoise.SKELLAM, 20, 0.01, new Seed(3))))),
                hidingRows());
    }

    private static Task.Fit hidingRows() {
        return hidingRows(new ExamplePrivacy(0.5, 1.1, 0.05, 1e-6));
    }

    private static Task.Fit hidingRows(ExamplePrivacy how) {
        return new Task.Fit(FIT.run(), FIT.round(), FIT.data(), FIT.preprocessing(), FIT.model(), FIT.parameters(),
                FIT.training().withSteps(7).withPrivacy(how), FIT.seed());
    }

    private static dev.hansa.wire.proto.Task message(Task task) {
        return TaskCodec.encode("t-1", task, parameters -> BLOB);
    }

    private static Task decode(dev.hansa.wire.proto.Task message) {
        return TaskCodec.decode(message, Samples.blobs(Map.of(BLOB, PARAMETERS)));
    }

    @ParameterizedTest
    @MethodSource("protectedTasks")
    void anOldNodeSeesATaskThatAsksNothing(Task.Fit task) throws IOException {
        dev.hansa.wire.proto.Task asked = message(task);
        dev.hansa.wire.proto.Task read = asAnOldNodeReadsIt(asked);
        assertThat(read.getAskCase()).isEqualTo(AskCase.ASK_NOT_SET);
        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> decode(read))
                .withMessageContaining("is the node older than the coordinator?");
        assertThat(TaskCodec.id(read)).as("which it can refuse").isEqualTo("t-1");
        assertThat(decode(asked)).isEqualTo(task);
    }

    @Test
    void anOldNodeReadsWhatHasNothingToProtectAsEver() throws IOException {
        assertThat(decode(asAnOldNodeReadsIt(message(FIT)))).isEqualTo(FIT);
    }

    /** Field by field, without those that it does not know. */
    private static dev.hansa.wire.proto.Task asAnOldNodeReadsIt(dev.hansa.wire.proto.Task message)
            throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message.toByteArray());
        dev.hansa.wire.proto.Task.Builder known = dev.hansa.wire.proto.Task.newBuilder();
        Set<Integer> seen = new TreeSet<>();
        byte[] all = message.toByteArray();
        int from = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            in.skipField(tag);
            int to = in.getTotalBytesRead();
            seen.add(field);
            if (KNOWN_BEFORE.contains(field)) {
                known.mergeFrom(ByteString.copyFrom(all, from, to - from));
            }
            from = to;
        }
        assertThat(seen).as("the fields of a task").contains(1, 2, 3, 4);
        return known.build();
    }

    /** Of a coordinator that was made before there was another kind of task for it. */
    @ParameterizedTest
    @MethodSource("protectedTasks")
    void aProtectionThatComesAsAPlainTrainingIsKeptNevertheless(Task.Fit task) {
        dev.hansa.wire.proto.Task asked = message(task);
        dev.hansa.wire.proto.Task old = asked.toBuilder().setFit(asked.getProtectedFit()).build();
        assertThat(old.hasProtectedFit()).isFalse();
        assertThat(decode(old)).isEqualTo(task);
    }

    static List<Task.Fit> absurdTasks() {
        return List.of(FIT.protectedBy(new Protection(1e308, 0, false)),
                FIT.protectedBy(new Protection(1, 1e-300, false)),
                FIT.protectedBy(new Protection(1, 1, false, Optional.of(
                        new Protection.Quantised(IntegerNoise.SKELLAM, 20, 1e-200, new Seed(3))))),
                hidingRows(new ExamplePrivacy(1, 1e300, 0.5, 1e-6)),
                hidingRows(new ExamplePrivacy(1, 1, 1e-300, 1e-6)));
    }

    @ParameterizedTest
    @MethodSource("absurdTasks")
    void noiseThatNobodyCanAccountForIsRefused(Task.Fit task) {
        dev.hansa.wire.proto.Task asked = message(task);
        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> decode(asked))
                .withMessageContaining("expected from");
    }

    @Test
    void aProtectionThatIsNotKnownIsRefused() {
        dev.hansa.wire.proto.Task plain = message(FIT);
        dev.hansa.wire.proto.Task unknown = plain.toBuilder().setProtectedFit(plain.getFit()).build();
        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> decode(unknown))
                .withMessageContaining("protected_fit: found a training without protection that this version knows");
    }

    @Test
    void bothKindsTellHowMuchTimeIsLeft() {
        for (Task.Fit task : List.of(FIT, hidingRows())) {
            dev.hansa.wire.proto.Task given = message(task.within(Duration.ofSeconds(60)));
            dev.hansa.wire.proto.Task later = TaskCodec.within(given, 1234);
            assertThat(((Task.Fit) decode(later)).timeLeft()).contains(Duration.ofMillis(1234));
            assertThat(later.getAskCase()).isEqualTo(given.getAskCase());
            assertThat(TaskCodec.training(later)).isPresent();
            assertThat(TaskCodec.within(message(task), 1234)).isEqualTo(message(task));
        }
        assertThat(TaskCodec.training(message(new Task.Describe("run", FIT.data())))).isEmpty();
    }
}
