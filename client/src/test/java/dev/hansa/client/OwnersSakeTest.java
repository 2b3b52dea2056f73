package dev.hansa.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.client.Client;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class OwnersSakeTest {
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "")),
            new Column.Category("y", "", List.of("no", "yes")));
    private static final DataSpec DATA = new DataSpec("rows", SCHEMA, new HoldOut.Every(2), false);
    private static final Detail CLASSES = new Detail(true, false, 0, 0);

    /** Half of the rows are held out. */
    private static Sums evaluated(int heldOut, Detail detail) throws InterruptedException {
        double[] x = new double[2 * heldOut];
        double[] y = new double[2 * heldOut];
        boolean[] held = new boolean[2 * heldOut];
        for (int row = 0; row < x.length; row++) {
            x[row] = row;
            y[row] = row % 4 < 2 ? 0 : 1;
            held[row] = row % 2 == 0;
        }
        Table table = new Table(SCHEMA, new double[][]{x}, y, held);
        ModelSpec model = new ModelSpec.Softmax();
        Client client = Guard.client(Map.of("rows", spec -> table), new NodeListener() {});
        Report report = client.perform(new Task.Evaluate("run", 1, DATA, Preprocessing.identity(SCHEMA), model,
                Parameters.zeros(Learners.of(model, SCHEMA).layout()), detail));
        return ((Report.Evaluated) report).sums();
    }

    @Test
    void detailIsToldOfFiveRowsForEachNumberAndOtherwiseTheUsualSumsAlone() throws InterruptedException {
        assertThat(evaluated(29, CLASSES).values()).containsOnlyKeys(Sums.EXAMPLES, Sums.LOSS, Sums.CORRECT);
        assertThat(evaluated(30, CLASSES).values()).as("3 numbers for each of 2 classes").containsKeys(Sums.EXAMPLES,
                Sums.LOSS, Sums.CORRECT, "class.000.rows", "class.001.rows", "class.000.predicted");
        assertThat(evaluated(299, new Detail(true, true, 10, 10)).values()).hasSize(3);
        assertThat(evaluated(300, new Detail(true, true, 10, 10)).values()).hasSizeGreaterThan(3);
    }

    @Test
    void aModelOfThisOwnersRowsAloneIsShownToOthersOnlyIfTheOwnerLetsIt() {
        Schema schema = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
        Task.Fit fit = new Task.Fit("run", 1, new DataSpec("rows", schema, new HoldOut.None(), false),
                Preprocessing.identity(schema), new ModelSpec.Linear(), Parameters.zeros(Layout.of()),
                new LocalTraining(1, LocalTraining.FULL_BATCH, 0.1, 0, 0, false), new Seed(1));

        assertThat(new OwnersSake(false).objection(fit)).isEmpty();
        assertThat(new OwnersSake(false).objection(fit.shownToOthers())).hasValueSatisfying(
                reason -> assertThat(reason).contains("--show-models"));
        assertThat(new OwnersSake(true).objection(fit.shownToOthers())).isEmpty();
    }

    @Test
    void rowsAreNotHiddenByHardlyAnyNoise() {
        Schema schema = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
        LocalTraining training = new LocalTraining(1, LocalTraining.FULL_BATCH, 0.1, 0, 0, false).withSteps(3);
        Task.Fit[] fits = DoubleStream.of(0.24, 0.25)
                .mapToObj(noise -> new Task.Fit("run", 1, new DataSpec("rows", schema, new HoldOut.None(), false),
                        Preprocessing.identity(schema), new ModelSpec.Linear(), Parameters.zeros(Layout.of()),
                        training.withPrivacy(new ExamplePrivacy(1, noise, 1e-3, 1e-5)), new Seed(1)))
                .toArray(Task.Fit[]::new);

        assertThat(new OwnersSake(true).objection(fits[0])).hasValueSatisfying(
                reason -> assertThat(reason).contains("privacy.noise is 0.24"));
        assertThat(new OwnersSake(true).objection(fits[1])).isEmpty();
    }

    @Test
    void nobodyIsAskedForMoreThanTheDetail() throws InterruptedException {
        assertThat(evaluated(1000, Detail.NONE).values()).hasSize(3);
        assertThat(CLASSES.excess(evaluated(1000, CLASSES), 2)).isEmpty();
    }
}
