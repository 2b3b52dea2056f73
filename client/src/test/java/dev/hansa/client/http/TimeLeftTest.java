package dev.hansa.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.client.Link;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
    private static final DataSpec DATA = new DataSpec("d", SCHEMA, new HoldOut.None(), false);
    private static final Task.Fit FIT = new Task.Fit("r", 1, DATA, Preprocessing.identity(SCHEMA),
            new ModelSpec.Linear(), Parameters.zeros(Layout.of()), new LocalTraining(1, 8, 0.1, 0, 0, true),
            new Seed(1));
    private static final Duration GIVEN = Duration.ofSeconds(100);

    private final FakeTiming timing = new FakeTiming(1);
    private final TimeLeft time = new TimeLeft(timing);

    private Link.Next after(Duration passed, Task task) {
        timing.pass(passed);
        return time.within(new Link.Next.Work("t1", task));
    }

    @Test
    void aFifthOfWhatIsLeftIsKeptForTheUpdate() {
        assertThat(after(Duration.ZERO, FIT.within(GIVEN)))
                .isEqualTo(new Link.Next.Work("t1", FIT.within(Duration.ofSeconds(80))));
        assertThat(after(Duration.ofSeconds(90), FIT.within(GIVEN)))
                .isEqualTo(new Link.Next.Work("t1", FIT.within(Duration.ofSeconds(8))));
    }

    @Test
    void noLessThanNothingIsLeft() {
        assertThat(after(Duration.ofSeconds(101), FIT.within(GIVEN)))
                .isEqualTo(new Link.Next.Work("t1", FIT.within(Duration.ZERO)));
    }

    @Test
    void whereNoTimeIsGivenAllStaysAsItIs() {
        Task describe = new Task.Describe("r", DATA);
        assertThat(after(GIVEN, FIT)).isEqualTo(new Link.Next.Work("t1", FIT));
        assertThat(after(GIVEN, describe)).isEqualTo(new Link.Next.Work("t1", describe));
        assertThat(time.within(new Link.Next.Leave("done"))).isEqualTo(new Link.Next.Leave("done"));
    }
}
