package dev.hansa.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CheckedSumTest {
    private static final int SIZE = 5_000;
    private static final Layout LAYOUT = Layout.of(TensorShape.of("weight", SIZE));

    private final CheckedSum sum = new CheckedSum(LAYOUT);

    /** Of many magnitudes, so that another order of adding would end in other bits. */
    private static Parameters random(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = (float) (random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-20, 20)));
        }
        return Parameters.owning(LAYOUT, values);
    }

    private static OnDisk bad() {
        float[] values = random(99).toArray();
        values[SIZE - 1] = Float.NaN;
        return new OnDisk(Parameters.owning(LAYOUT, values));
    }

    private static ModelUpdate update(ParameterSource difference) {
        return new ModelUpdate(difference, 1, Sums.NONE);
    }

    private void assertUnusable(ParameterSource difference) {
        assertThatExceptionOfType(UnusableUpdateException.class).isThrownBy(() -> sum.add(update(difference), 3));
    }

    /** Of those with the numbers from 1 on. */
    private static Parameters undisturbed(int many) {
        CheckedSum undisturbed = new CheckedSum(LAYOUT);
        for (int number = 1; number <= many; number++) {
            undisturbed.add(update(random(number)), number / 7.0);
        }
        return Parameters.load(undisturbed.takeMean(3));
    }

    private List<OnDisk> add(int first, int last) {
        List<OnDisk> files = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            files.add(new OnDisk(random(number)));
            sum.add(update(files.get(number - first)), number / 7.0);
        }
        return files;
    }

    @Test
    void usableUpdatesAreReadOnce() {
        List<OnDisk> files = add(1, 5);

        assertThat(Parameters.load(sum.takeMean(3))).isEqualTo(undisturbed(5));
        assertThat(files).allMatch(file -> file.read() == SIZE);
    }

    @Test
    void updatesThatAreUnusableLeaveNoTraceAndCostOneMoreReadingOfTheOthers() {
        List<OnDisk> before = add(1, 4);
        assertUnusable(bad());
        List<OnDisk> between = add(5, 6);
        assertUnusable(bad());
        assertUnusable(bad());
        List<OnDisk> after = add(7, 8);

        assertThat(Parameters.load(sum.takeMean(3))).isEqualTo(undisturbed(8));
        assertThat(before).allMatch(file -> file.read() == 2 * SIZE);
        assertThat(between).as("checked, then added").allMatch(file -> file.read() == 2 * SIZE);
        assertThat(after).allMatch(file -> file.read() == 2 * SIZE);
    }

    @Test
    void theLastUpdateMayBeTheUnusableOne() {
        add(1, 3);
        assertUnusable(bad());

        assertThat(Parameters.load(sum.takeMean(3))).isEqualTo(undisturbed(3));
    }

    @Test
    void whatIsRefusedUnreadSpoilsNothing() {
        List<OnDisk> files = add(1, 3);
        assertUnusable(new OnDisk(Parameters.zeros(Layout.of(TensorShape.of("bias", SIZE)))));

        assertThat(Parameters.load(sum.takeMean(3))).isEqualTo(undisturbed(3));
        assertThat(files).allMatch(file -> file.read() == SIZE);
    }

    @Test
    void updatesInMemoryAreCheckedFirst() {
        List<OnDisk> files = add(1, 2);
        sum.add(update(random(3)), 3 / 7.0);
        add(4, 4);
        assertUnusable(bad());
        assertUnusable(bad().values());

        assertThat(Parameters.load(sum.takeMean(3))).isEqualTo(undisturbed(4));
        assertThat(files).allMatch(file -> file.read() == SIZE);
    }

    @Test
    void aDiskThatFailsForAWhileSpoilsNothing() {
        add(1, 2);
        FederationException broken = new FederationException("no such device", true);
        ParameterSource failing = new ParameterSource() {
            @Override
            public Layout layout() {
                return LAYOUT;
            }

            @Override
            public void read(BlockReader reader) {
                random(3).read(0, SIZE / 2, reader);
                throw broken;
            }

            @Override
            public ParameterSource opened() {
                return this;
            }
        };
        assertThatThrownBy(() -> sum.add(update(failing), 3 / 7.0)).isSameAs(broken);
        add(3, 4);

        assertThat(Parameters.load(sum.takeMean(3))).isEqualTo(undisturbed(4));
    }
}
