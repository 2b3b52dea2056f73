package dev.hansa.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Metrics;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The housing example against figures that other programs computed. */
class HousingTest {
    /** Every column a number, as in the reference: one input for CHAS instead of two. */
    private static final String ALL_NUMBERS =
            Housing.run().text().replace("CHAS: {type: category, values: [0, 1]}", "CHAS: number");

    @Test
    void federatedAveragingGivesTheReferenceErrors() throws InterruptedException {
        RunFile file = RunFile.parse(ALL_NUMBERS, "run.yaml");
        Checkpoint last = Housing.simulate(file);
        assertThat(rmse(last, 10)).isCloseTo(4.575, within(5e-4));
        assertThat(rmse(last, 50)).isCloseTo(4.472, within(5e-4));
    }

    @Test
    void theRunFileAsItLiesThereMeetsTheBarOfTheClosedForm() throws InterruptedException {
        double closedForm = closedForm(RunFile.parse(ALL_NUMBERS, "run.yaml"));
        assertThat(closedForm).isCloseTo(4.514, within(5e-4));
        assertThat(rmse(Housing.simulate(Housing.run()), 50)).isLessThan(1.05 * closedForm);
    }

    /** What is told without a look at any row but between which numbers such columns lie; the noise is secret, so never the same. */
    @Test
    void housesThatAreHiddenAreStandardisedByHiddenStatistics() throws InterruptedException {
        String hidden = Housing.run().text().replace("epochs: 5, batchSize: all", "steps: 10")
                .replace("rounds: 50", "rounds: 20") + """
                        privacy:
                          type: examples
                          clip: 2
                          sampling: 0.2
                          epsilon: 8
                          delta: 1e-4
                          exempt: [evaluation]
                          statistics:
                            epsilon: 2
                            bounds:
                              {CRIM: [0, 100], ZN: [0, 100], INDUS: [0, 30], NOX: [0, 1], RM: [1, 10], AGE: [0, 100],
                              DIS: [0, 15], RAD: [0, 25], TAX: [100, 800], PTRATIO: [10, 25], LSTAT: [0, 50],
                              MEDV: [0, 60]}
                        """;
        RunFile file = RunFile.parse(hidden, "run.yaml");
        PrivacyPlan plan = file.spec().privacy().orElseThrow();
        assertThat(plan.epsilon(20)).isBetween(7.9, 8.0);
        Checkpoint last = Housing.simulate(file);
        assertThat(rmse(last, 20)).as("by the mean of all prices it would be above 9").isLessThan(7.5);
    }

    @Test
    void theTownsTogetherAreTheOriginalFileWithoutColumnB() throws IOException {
        Path original = Path.of("../../shared/data/committable/boston-housing/boston_house_prices.csv");
        assumeTrue(Files.exists(original), "skipped: " + original + " is not there");
        List<String> lines = Files.readAllLines(original);
        List<String> alice = new ArrayList<>();
        List<String> bob = new ArrayList<>();
        for (int row = 0; row < lines.size() - 2; row++) {
            List<String> cells = new ArrayList<>(Arrays.asList(lines.get(row + 2).split(",")));
            cells.remove(11);
            (cells.get(8).equals("24") ? bob : alice)
                    .add(String.join(",", cells) + (row % 5 == 0 ? ",test" : ",train"));
        }
        assertThat(Files.readAllLines(Housing.csv("alice"))).hasSize(375).endsWith(alice.toArray(String[]::new));
        assertThat(Files.readAllLines(Housing.csv("bob"))).hasSize(133).endsWith(bob.toArray(String[]::new));
    }

    private static double rmse(Checkpoint last, int round) {
        return last.history().get(round - 1).evaluation().get(Metrics.RMSE).orElseThrow();
    }

    /** The held-out error of least squares on all training rows: normal equations, Gaussian elimination. */
    private static double closedForm(RunFile file) {
        List<double[]> training = new ArrayList<>();
        List<double[]> heldOut = new ArrayList<>();
        for (String town : Housing.TOWNS) {
            Table table = Housing.table(file, town);
            for (int row = 0; row < table.rows(); row++) {
                int r = row;
                double[] cells = Arrays.copyOf(
                        Arrays.stream(table.features()).mapToDouble(column -> column[r]).toArray(), 14);
                cells[12] = 1;
                cells[13] = table.labels()[row];
                (table.heldOut()[row] ? heldOut : training).add(cells);
            }
        }
        double[][] equations = new double[13][14];
        for (double[] row : training) {
            for (int i = 0; i < 13; i++) {
                for (int j = 0; j < 14; j++) {
                    equations[i][j] += row[i] * row[j];
                }
            }
        }
        double[] weights = solve(equations);
        double sum = heldOut.stream().mapToDouble(row -> {
            double error = -row[13];
            for (int i = 0; i < 13; i++) {
                error += weights[i] * row[i];
            }
            return error * error;
        }).sum();
        return Math.sqrt(sum / heldOut.size());
    }

    private static double[] solve(double[][] equations) {
        int n = equations.length;
        for (int pivot = 0; pivot < n; pivot++) {
            for (int row = 0; row < n; row++) {
                if (row != pivot) {
                    double factor = equations[row][pivot] / equations[pivot][pivot];
                    for (int column = pivot; column <= n; column++) {
                        equations[row][column] -= factor * equations[pivot][column];
                    }
                }
            }
        }
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            solution[i] = equations[i][n] / equations[i][i];
        }
        return solution;
    }
}
