package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.OnDisk;
import dev.hansa.core.aggregate.UnusableUpdateException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CollectedTest {
    private static final Layout LAYOUT = Layout.of(TensorShape.of("weight", 70_001));

    /** As a compressed file: all of it is opened for each part. */
    private record Compressed(OnDisk content, List<Integer> openings) implements ParameterSource {

        @Override
        public Layout layout() {
            return content.layout();
        }

        @Override
        public void read(BlockReader reader) {
            opened().read(reader);
        }

        @Override
        public void read(int begin, int end, BlockReader reader) {
            opened().read(begin, end, reader);
        }

        @Override
        public ParameterSource opened() {
            synchronized (openings) {
                openings.add(1);
            }
            return Parameters.load(content);
        }
    }

    private static Parameters random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[LAYOUT.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Parameters.owning(LAYOUT, values);
    }

    private static Parameters median(List<? extends ParameterSource> updates) {
        Aggregator.Accumulator collected = new CoordinateMedian().start(LAYOUT);
        updates.forEach(update -> collected.add(new ModelUpdate(update, 3, Sums.NONE)));
        return Parameters.load(collected.finish().mean());
    }

    @Test
    void itDoesNotMatterWhereTheUpdatesAre() {
        List<Parameters> inMemory = new ArrayList<>();
        List<OnDisk> onDisk = new ArrayList<>();
        List<Compressed> compressed = new ArrayList<>();
        List<Integer> openings = new ArrayList<>();
        for (int client = 0; client < 5; client++) {
            Parameters update = random(client);
            OnDisk file = new OnDisk(update);
            inMemory.add(update);
            onDisk.add(file);
            compressed.add(new Compressed(file, openings));
        }
        Parameters expected = median(inMemory);

        assertThat(median(onDisk)).isEqualTo(expected);
        assertThat(median(compressed)).isEqualTo(expected);
        for (int place = 0; place < LAYOUT.size(); place += 777) {
            int at = place;
            assertThat(expected.get(place))
                    .isEqualTo((float) inMemory.stream().mapToDouble(update -> update.get(at)).sorted().toArray()[2]);
        }
        assertThat(openings).as("once to be checked, and once for each slice").hasSize(5 * (1 + 4));
    }

    @Test
    void compressedUpdatesAreOpenedAsOftenAsThereAreUpdates() {
        Layout large = Layout.of(TensorShape.of("weight", 4 << 20));
        ParameterSource update = new OnDisk(Parameters.zeros(large));
        Vectors twenty = UpdateVectors.of(Collections.nCopies(20, update), new double[20], true);

        assertThat(large.size() / (double) twenty.blockSize()).isBetween(19.9, 20.2);
        assertThat(new Buckets(twenty, new int[0], 1, new double[0]).isCostly()).isTrue();
        assertThat(new Appended(twenty, UpdateVectors.of(Parameters.zeros(large))).isCostly()).isTrue();
    }

    @Test
    void ofTwentyUpdatesInFilesNoneIsReadAsAWhole() {
        List<OnDisk> updates = new ArrayList<>();
        for (int client = 0; client < 20; client++) {
            updates.add(new OnDisk(random(client)));
        }
        Vectors vectors = UpdateVectors.of(new ArrayList<>(updates), new double[20], false);

        assertThat(vectors.blockSize() * 20).isLessThanOrEqualTo(1 << 20);
        median(updates);
        assertThat(updates).as("checked, then combined").allMatch(update -> update.read() == 2 * LAYOUT.size());
        assertThat(updates.get(7).lengths().stream().skip(1)).hasSize(4)
                .allMatch(length -> length < LAYOUT.size() / 3);
    }

    @Test
    void theAggregateCountsEachUpdateTheSame() {
        Aggregator.Accumulator collected = new NormBound(1).start(LAYOUT);
        collected.add(new ModelUpdate(random(1), 10, Sums.NONE));
        collected.add(new ModelUpdate(random(2), 30, Sums.NONE));

        assertThat(collected.finish().weight()).isEqualTo(2);
        assertThatIllegalStateException().isThrownBy(collected::finish);
    }

    @Test
    void whatIsTooLittleIsToldInNumbers() {
        Aggregator.Accumulator collected = new Bulyan(1).start(LAYOUT);
        collected.add(new ModelUpdate(random(1), 10, Sums.NONE));

        assertThatIllegalStateException().isThrownBy(collected::finish)
                .withMessage("got 1 updates, but Bulyan[f=1] needs 7");
    }

    @Test
    void whatIsNotFiniteNeverReachesTheRule() {
        float[] values = random(1).toArray();
        values[60_000] = Float.NaN;
        Aggregator.Accumulator collected = new CoordinateMedian().start(LAYOUT);

        assertThatExceptionOfType(UnusableUpdateException.class)
                .isThrownBy(() -> collected.add(new ModelUpdate(Parameters.of(LAYOUT, values), 1, Sums.NONE)));
        assertThat(collected.clients()).isZero();
    }
}
