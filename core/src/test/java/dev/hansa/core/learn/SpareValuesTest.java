package dev.hansa.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class SpareValuesTest {

    @Test
    void givesWhatItWasGivenOnceAndOtherwiseNew() {
        SpareValues spare = new SpareValues(3);
        float[] given = spare.take();
        spare.give(given);

        assertThat(spare.take()).isSameAs(given);
        assertThat(spare.take()).isNotSameAs(given).hasSize(3);
    }

    @Test
    void takesNoOtherLength() {
        SpareValues spare = new SpareValues(3);
        spare.give(new float[4]);

        assertThat(spare.take()).hasSize(3);
    }

    @Test
    void keepsAMebibyteAtMost() {
        SpareValues spare = new SpareValues(1 << 17);
        float[][] given = {spare.take(), spare.take(), spare.take()};
        for (float[] values : given) {
            spare.give(values);
        }

        assertThat(spare.take()).isSameAs(given[1]);
        assertThat(spare.take()).isSameAs(given[0]);
        assertThat(spare.take()).as("the one too many").isNotSameAs(given[2]);
    }

    @Test
    void eachThreadHasItsOwn() throws InterruptedException, ExecutionException {
        SpareValues spare = new SpareValues(3);
        float[] given = spare.take();
        spare.give(given);
        FutureTask<float[]> other = new FutureTask<>(spare::take);
        new Thread(other).start();

        assertThat(other.get()).isNotSameAs(given);
    }
}
