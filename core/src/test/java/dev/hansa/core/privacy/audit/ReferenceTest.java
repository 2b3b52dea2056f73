package dev.hansa.core.privacy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.Oracle;
import dev.hansa.core.model.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each number of the references for audits. */
class ReferenceTest {
    private static Oracle reference(String name) {
        return Oracle.object("09_audit.json").get(name);
    }

    static List<Oracle> oneRun() {
        return reference("one_run").list();
    }

    @ParameterizedTest
    @MethodSource("oneRun")
    void guessesOfOneRunProveWhatTheReferenceSays(Oracle reference) {
        OneRunAudit audit =
                new OneRunAudit(number(reference, "m"), number(reference, "guesses"), number(reference, "correct"));
        assertThat(audit.epsilon(reference.get("delta").number(), reference.get("confidence").number()))
                .isCloseTo(reference.get("eps_lower_bound").number(), within(1e-5));
    }

    static List<Oracle> chances() {
        return reference("one_run_pvalue").list();
    }

    @ParameterizedTest
    @MethodSource("chances")
    void guessesAreAsLikelyAsTheReferenceSays(Oracle reference) {
        OneRunAudit audit = new OneRunAudit(number(reference, "m"), number(reference, "r"), number(reference, "v"));
        assertThat(audit.chance(reference.get("eps").number(), reference.get("delta").number()))
                .isCloseTo(reference.get("p").number(), within(1e-9));
    }

    static List<Oracle> rates() {
        return reference("clopper_pearson").list();
    }

    @ParameterizedTest
    @MethodSource("rates")
    void ratesOfManyRunsProveWhatTheReferenceSays(Oracle reference) {
        RepeatedAudit audit =
                new RepeatedAudit(new Proportion(number(reference, "tp"), number(reference, "npos")),
                        new Proportion(number(reference, "fp"), number(reference, "nneg")));
        assertThat(audit.epsilon(reference.get("delta").number(), reference.get("confidence").number()))
                .isCloseTo(reference.get("eps_lower_bound").number(), within(1e-9));
    }

    static List<Oracle> estimates() {
        return reference("fl_one_shot").list();
    }

    @ParameterizedTest
    @MethodSource("estimates")
    void distributionsAreAsFarApartAsTheReferenceSays(Oracle reference) {
        GaussianEstimate estimate = new GaussianEstimate(reference.get("null_mean").number(),
                reference.get("null_std").number(), reference.get("alt_mean").number(),
                reference.get("alt_std").number());
        assertThat(estimate.epsilon(reference.get("delta").number()))
                .isCloseTo(reference.get("eps_estimate").number(), within(1e-6));
    }

    static List<Oracle> ceilings() {
        return reference("mia_ceiling").list();
    }

    @ParameterizedTest
    @MethodSource("ceilings")
    void attacksAreBoundedAsTheReferenceSays(Oracle reference) {
        Ceiling ceiling = new Ceiling(reference.get("eps").number(), reference.get("delta").number());
        assertThat(ceiling.accuracy()).isCloseTo(reference.get("max_accuracy_balanced").number(), within(1e-12));
        assertThat(ceiling.truePositives(0.01))
                .isCloseTo(reference.get("max_tpr_at_fpr_1pct").number(), within(1e-12));
        assertThat(ceiling.advantage()).isCloseTo(2 * ceiling.accuracy() - 1, within(1e-15));
    }

    @Test
    void likelihoodsAreThoseOfTheReference() {
        Oracle lira = reference("lira");
        double[] with = lira.get("shadow_in").vector();
        double[] without = lira.get("shadow_out").vector();
        double observed = lira.get("observed").number();
        assertThat(LikelihoodRatio.online(with, without, observed))
                .isCloseTo(lira.get("online_log_ratio").number(), within(1e-9));
        assertThat(LikelihoodRatio.offline(without, observed))
                .isCloseTo(lira.get("offline_log_cdf").number(), within(1e-15));
        for (Oracle scale : lira.get("logit_scale").list()) {
            double p = scale.get("p").number();
            assertThat(LikelihoodRatio.confidence(new double[]{1 - p, p}, 1))
                    .isCloseTo(scale.get("phi").number(), within(1e-12));
        }
    }

    @Test
    void aRowIsReadFromTheGradientOfOneStep() {
        Oracle leak = reference("linear_leak");
        float[] weights = floats(flat(leak.get("grad_W").vectors()), -0.1);
        float[] biases = floats(leak.get("grad_b").vector(), -0.1);
        double[] row = leak.get("x").vector();
        for (int output = 0; output < biases.length; output++) {
            assertThat(LayerLeak.input(weights, biases, output)).containsExactly(row, within(1e-6)); // single precision
        }
        assertThat(LayerLeak.input(weights, biases)).containsExactly(row, within(1e-6));
        assertThat(LayerLeak.labels(biases)).containsExactly(false, false, true);
        assertThat(number(leak, "idlg_label")).isEqualTo(2);
    }

    @Test
    void classesAreReadFromTheGradientOfABatch() {
        Oracle batch = reference("batch_label_leak");
        int[] labels = batch.get("labels").indices();
        float[] biases = new float[5]; // a model of zeros gives each class the same probability
        for (int label : labels) {
            for (int i = 0; i < 5; i++) {
                biases[i] -= (0.2f - (i == label ? 1 : 0)) / labels.length;
            }
        }
        assertThat(LayerLeak.labels(biases)).containsExactly(true, true, false, true, false);
        double[] rowSums = batch.get("grad_row_sums").vector();
        boolean[] byWeights = LayerLeak.labels(floats(rowSums, -1));
        assertThat(IntStream.range(0, 5).filter(i -> byWeights[i]).toArray())
                .containsExactly(batch.get("classes_present").indices());
    }

    /** The Gaussian sum of the reference's table, with coins and noise of our own. */
    @Test
    void gaussianNoiseProvesNoMoreThanItLetsOut() {
        for (Oracle one : reference("gaussian_e2e").list()) {
            double sigma = one.get("sigma").number();
            double truth = one.get("eps_true").number();
            for (int seed = 0; seed < 20; seed++) {
                double[] scores = new double[1000];
                boolean[] in = new boolean[1000];
                play(sigma, new Seed(seed), scores, in);
                for (Oracle audit : one.get("audits").list()) {
                    int guesses = number(audit, "guess_in_top");
                    assertThat(OneRunAudit.of(scores, in, guesses, 0).epsilon(1e-5, 0.95)).isLessThan(truth);
                }
            }
        }
    }

    static List<Oracle> coverages() {
        return reference("coverage").list();
    }

    /** The bound is wrong at most as often as it says; and not empty: the mean over many runs is that of the reference. */
    @ParameterizedTest
    @MethodSource("coverages")
    void theBoundHoldsAsOftenAsItSays(Oracle reference) {
        int trials = 500;
        double sigma = reference.get("sigma").number();
        double truth = reference.get("eps_true").number();
        int violations = 0;
        double sum = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] scores = new double[number(reference, "m")];
            boolean[] in = new boolean[scores.length];
            play(sigma, new Seed(trial), scores, in);
            double bound =
                    OneRunAudit.of(scores, in, number(reference, "guesses"), 0).epsilon(1e-5, 0.95);
            violations += bound > truth ? 1 : 0;
            sum += bound;
        }
        assertThat(violations).isLessThanOrEqualTo((int) (0.05 * trials + 3 * Math.sqrt(trials * 0.05 * 0.95)));
        assertThat(sum / trials).isCloseTo(reference.get("mean_lb").number(), within(0.08)); // four deviations of a mean
    }

    private static void play(double sigma, Seed seed, double[] scores, boolean[] in) {
        SplittableRandom random = seed.random();
        for (int i = 0; i < scores.length; i++) {
            in[i] = random.nextBoolean();
            double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
            scores[i] = (in[i] ? 1 : 0) + sigma * radius * Math.cos(2 * Math.PI * random.nextDouble());
        }
    }

    private static int number(Oracle of, String name) {
        return (int) of.get(name).number();
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static float[] floats(double[] values, double factor) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) (values[i] * factor);
        }
        return floats;
    }
}
