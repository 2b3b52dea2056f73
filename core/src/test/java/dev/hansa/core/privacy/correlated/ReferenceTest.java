package dev.hansa.core.privacy.correlated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.Oracle;
import dev.hansa.core.ReferenceFiles;
import dev.hansa.core.privacy.accounting.GaussianCurve;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.accounting.rdp.RdpAccountant;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.event.ZeroConcentrated;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each number of the references for correlated noise. */
class ReferenceTest {
    private static Oracle reference(String name) {
        return Oracle.object("07_dpftrl_mf.json").get(name);
    }

    @Test
    void squareRootsHaveTheCoefficientsOfTheReference() {
        Oracle reference = reference("coefs");
        double[] c = reference.get("sqrt_C").vector();
        double[] inverse = reference.get("sqrt_Cinv").vector();
        assertThat(Toeplitz.squareRoot().coefficients(c.length)).containsExactly(c, within(1e-12));
        assertThat(Toeplitz.squareRoot().inverse(inverse.length)).containsExactly(inverse, within(1e-12));
    }

    static List<Oracle> buffered() {
        return reference("blt").list();
    }

    @ParameterizedTest
    @MethodSource("buffered")
    void buffersMakeTheNoiseOfTheReference(Oracle reference) {
        BufferedLinear matrix = new BufferedLinear(list(reference.get("buf_decay_theta")),
                list(reference.get("output_scale_omega")));
        int rounds = (int) reference.get("n").number();
        Participation participation = new Participation((int) reference.get("participations").number(),
                (int) reference.get("min_sep").number());
        assertThat(matrix.coefficients(8)).containsExactly(reference.get("c_first8").vector(), within(1e-12));
        assertErrors(matrix, rounds, participation, reference.get("sens").number(),
                reference.get("max_err").number(), reference.get("rms_err").number());
        double[] z = reference.get("z").vector();
        double[] y = reference.get("y_Cinv_z").vector();
        double[][] buffers = new double[matrix.buffers()][1];
        for (int t = 0; t < z.length; t++) {
            double[] noise = {z[t]};
            matrix.correlate(noise, buffers);
            assertThat(noise[0]).isCloseTo(y[t], within(1e-10));
        }
    }

    static Stream<List<String>> errors() throws IOException {
        return Files.readAllLines(ReferenceFiles.require("oracles/07_mf_errors.csv")).stream().skip(1)
                .map(line -> List.of(line.replace("(C=I, DP-SGD noise)", "").replace("\"", "").split(",")))
                .filter(row -> row.get(1).startsWith("independent") || row.get(1).startsWith("sqrt")
                        || row.get(1).contains("BLT") && !row.get(1).contains("2 buffers"));
    }

    /** But for those of matrices that are only compared with there. */
    @ParameterizedTest
    @MethodSource("errors")
    void sumsAreAsFarOffAsInTheReference(List<String> row) {
        int rounds = Integer.parseInt(row.get(0));
        Participation participation =
                new Participation(Integer.parseInt(row.get(2)), Integer.parseInt(row.get(3)));
        Toeplitz matrix = row.get(1).startsWith("independent")
                ? Toeplitz.independent()
                : row.get(1).startsWith("sqrt")
                        ? Toeplitz.squareRoot()
                        : BufferedLinear.near(rounds, participation);
        assertErrors(matrix, rounds, participation, Double.parseDouble(row.get(4)), Double.parseDouble(row.get(5)),
                Double.parseDouble(row.get(6)));
    }

    private static void assertErrors(Toeplitz matrix, int rounds, Participation participation, double sensitivity,
            double most, double root) {
        assertThat(participation.sensitivity(matrix, rounds)).isCloseTo(sensitivity, close(sensitivity));
        double[] errors = matrix.errors(rounds, participation);
        assertThat(Arrays.stream(errors).max().orElseThrow()).isCloseTo(most, close(most));
        double squares = Arrays.stream(errors).map(error -> error * error).sum() / rounds;
        assertThat(Math.sqrt(squares)).isCloseTo(root, close(root));
    }

    private static Offset<Double> close(double value) {
        return within(1e-10 * value);
    }

    static List<Oracle> trees() {
        return reference("tree_accounting").list();
    }

    /** A client that takes part once is in a node of each level: as much as so many Gaussian mechanisms. */
    @ParameterizedTest
    @MethodSource("trees")
    void treesCostWhatTheirHeightDoes(Oracle reference) {
        int height = BinaryTree.height((int) reference.get("steps").number());
        double noise = reference.get("noise_multiplier").number();
        double delta = reference.get("delta").number();
        assertThat(height).isEqualTo((int) reference.get("height").number());
        double rho = height / (2 * noise * noise);
        assertThat(rho).isCloseTo(reference.get("zcdp_rho").number(), within(1e-12));
        assertThat(new GaussianCurve(noise / Math.sqrt(height)).epsilon(delta))
                .isCloseTo(reference.get("eps_exact_gaussian").number(), within(1e-6));
        double exact = new PldAccountant().curve(new SelfComposed(new Gaussian(noise), height),
                Adjacency.ZERO_OUT).epsilon(delta);
        assertThat(exact).isCloseTo(reference.get("eps_exact_gaussian").number(), within(1e-6));
        assertThat(new RdpAccountant().curve(new ZeroConcentrated(rho), Adjacency.ZERO_OUT).epsilon(delta))
                .isCloseTo(reference.get("eps_rdp").number(), within(1e-6));
    }

    @Test
    void treesAddUpTheNoiseOfTheReference() {
        double[] prefixes = reference("tree_prefix_noise").get("prefix").vector();
        double[] added = reference("tree_prefix_noise").get("residual_added_in_round").vector();
        BinaryTree.Node nodes = (level, index) -> Math.sin(100.0 * level + index);
        double before = 0;
        for (int round = 0; round < prefixes.length; round++) {
            double prefix = BinaryTree.ofPrefix(round + 1, nodes);
            assertThat(prefix).isCloseTo(prefixes[round], within(1e-12));
            assertThat(prefix - before).isCloseTo(added[round], within(1e-12));
            before = prefix;
        }
    }

    private static List<Double> list(Oracle numbers) {
        return numbers.list().stream().map(Oracle::number).toList();
    }
}
