package dev.hansa.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What all kernels promise, against sums in double precision. */
public abstract class KernelsContract {
    private final SplittableRandom random = new SplittableRandom(7);

    protected abstract Kernels kernels();

    @Test
    void addsProductsOfAllSmallShapes() {
        for (int rows = 1; rows <= 9; rows++) {
            for (int inner : new int[]{1, 2, 3, 4, 7, 8, 15, 16, 17, 33}) {
                for (int columns : new int[]{1, 2, 3, 5, 8, 10, 16, 17, 31, 32, 33, 47, 64, 65, 100}) {
                    float[] a = some(rows * inner);
                    float[] b = some(inner * columns);
                    requireSum(Matrix.of(a, rows, inner), Matrix.of(b, inner, columns));
                    requireSum(Matrix.transposed(a, inner, rows), Matrix.of(b, inner, columns));
                    requireSum(Matrix.of(a, rows, inner), Matrix.transposed(b, columns, inner));
                }
            }
        }
    }

    @Test
    void addsProductsOfPartsThatLieApart() {
        for (int seed = 0; seed < 200; seed++) {
            int rows = 1 + random.nextInt(20);
            int inner = 1 + random.nextInt(40);
            int columns = 1 + random.nextInt(150);
            float[] a = some(5 + rows * (inner + 3));
            float[] b = some(7 + (inner + 1) * (columns + 5));
            requireSum(Matrix.strided(a, rows, inner, inner + 3, 1).at(5),
                    Matrix.strided(b, inner, columns, columns + 5, 1).at(7));
            requireSum(Matrix.strided(a, rows, inner, inner + 3, 1).at(2),
                    Matrix.strided(b, inner, columns, 1, inner + 1).at(3));
        }
    }

    @Test
    void addsProductsOfGroups() {
        for (int seed = 0; seed < 200; seed++) {
            int rows = 1 + random.nextInt(15);
            int groups = 1 + random.nextInt(5);
            int group = 1 + random.nextInt(40);
            int columns = 1 + random.nextInt(100);
            float[] a = some(4 + 3 * rows + groups * (group + 40));
            requireSum(Matrix.grouped(a, rows, 3, groups, group + 40, group, 1).at(4),
                    Matrix.of(some(groups * group * columns), groups * group, columns));
            float[] across = some(rows + groups * 700 + group * 16);
            requireSum(Matrix.grouped(across, rows, 1, groups, 700, group, 16),
                    Matrix.of(some(groups * group * columns), groups * group, columns));
        }
    }

    @Test
    void writesNothingBesidesTheSum() {
        float[] sum = new float[3 * 50];
        kernels().addProduct(1, Matrix.of(some(6), 2, 3), Matrix.of(some(21), 3, 7),
                Matrix.strided(sum, 2, 7, 50, 1).at(10));
        for (int i = 0; i < sum.length; i++) {
            int within = i - 10;
            boolean inside = within >= 0 && within < 57 && within % 50 < 7;
            assertThat(sum[i] != 0).as("value " + i).isEqualTo(inside);
        }
    }

    /** Also once the JVM has compiled what works them out, which it does while this goes on. */
    @Test
    void theSameGivesTheSameBytes() {
        float[] a = some(10 * 784);
        float[] b = some(200 * 784);
        float[] first = products(a, b);
        for (int i = 0; i < 200; i++) {
            float[] again = products(a, b);
            if (!Arrays.equals(again, first)) {
                fail("product %d differs, by up to %s", i, IntStream.range(0, first.length)
                        .mapToDouble(at -> Math.abs(again[at] - first[at])).max().orElse(0));
            }
        }
    }

    private float[] products(float[] a, float[] b) {
        float[] sum = new float[2000];
        kernels().addProduct(1, Matrix.of(a, 10, 784), Matrix.transposed(b, 200, 784), Matrix.of(sum, 10, 200));
        kernels().addProduct(1, Matrix.transposed(a, 784, 10), Matrix.of(b, 784, 200), Matrix.of(sum, 10, 200));
        kernels().sigmoid(sum, 0, 1000);
        kernels().tanh(sum, 1000, 1000);
        return sum;
    }

    @Test
    void silencesWhatIsOff() {
        float[] values = some(100);
        values[3] = Float.NaN;
        values[4] = 0;
        float[] errors = some(100);
        float[] expected = errors.clone();
        for (int i = 0; i < 77; i++) {
            expected[i] = values[i] > 0 ? expected[i] : 0;
        }
        kernels().silence(values, errors, 77);
        assertThat(errors).isEqualTo(expected);
    }

    @Test
    void sigmoidsAndTangentsAreThoseOfDoublePrecision() {
        float[] values = new float[20_011];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((i - 10_000) * 1e-3 * (i % 3 == 0 ? 0.01 : i % 3 == 1 ? 1 : 8));
        }
        float[] sigmoids = values.clone();
        kernels().sigmoid(sigmoids, 3, values.length - 7);
        float[] tangents = values.clone();
        kernels().tanh(tangents, 3, values.length - 7);
        for (int i = 0; i < values.length; i++) {
            boolean beside = i < 3 || i >= values.length - 4;
            requireClose(sigmoids[i], beside ? values[i] : 1 / (1 + Math.exp(-values[i])), values[i]);
            requireClose(tangents[i], beside ? values[i] : Math.tanh(values[i]), values[i]);
        }
    }

    private static void requireClose(float found, double expected, float x) {
        if (!(Math.abs(found - expected) <= 1e-6 * Math.abs(expected))) {
            fail("of %s: got %s, expected %s", x, found, expected);
        }
    }

    @Test
    void functionsEndWhereFloatsDo() {
        float[] ends = {Float.NEGATIVE_INFINITY, -1000, -100, 100, 1000, Float.POSITIVE_INFINITY, 0, -0f};
        float[] all = new float[128];
        for (int i = 0; i < all.length; i++) {
            all[i] = ends[i % ends.length];
        }
        float[] tangents = all.clone();
        kernels().sigmoid(all, 0, all.length);
        kernels().tanh(tangents, 0, tangents.length);
        for (int i = 0; i < all.length; i++) {
            float x = ends[i % ends.length];
            assertThat(tangents[i]).isEqualTo(x == 0 ? x : Math.signum(x));
            assertThat(all[i]).isBetween(x < 0 ? 0 : x > 0 ? 1 : 0.5f, x < 0 ? 2e-38f : x > 0 ? 1 : 0.5f);
        }
        float[] none = new float[33];
        Arrays.fill(none, Float.NaN);
        kernels().sigmoid(none, 0, 16);
        kernels().tanh(none, 16, 17);
        assertThat(none).containsOnly(Float.NaN);
    }

    @Test
    void refusesShapesThatDoNotFit() {
        assertThatThrownBy(() -> kernels().addProduct(1, Matrix.of(some(6), 2, 3), Matrix.of(some(8), 4, 2),
                Matrix.of(some(4), 2, 2))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot add the product of 2 × 3 and 4 × 2 to 2 × 2");
        assertThatThrownBy(() -> kernels().addProduct(1, Matrix.transposed(some(6), 3, 2),
                Matrix.transposed(some(6), 2, 3), Matrix.of(some(4), 2, 2)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("must lie side by side");
    }

    private void requireSum(Matrix left, Matrix right) {
        float[] before = some(3 + left.rows() * (right.columns() + 2));
        float[] after = before.clone();
        Matrix sum = Matrix.strided(after, left.rows(), right.columns(), right.columns() + 2, 1).at(3);
        kernels().addProduct(-0.5f, left, right, sum);
        for (int row = 0; row < left.rows(); row++) {
            for (int column = 0; column < right.columns(); column++) {
                double expected = 0;
                for (int k = 0; k < left.columns(); k++) {
                    int group = k / left.group();
                    float a = left.values()[left.offset() + row * left.rowStride() + group * left.groupStride()
                            + (k - group * left.group()) * left.columnStride()];
                    expected += (double) a * right.values()[right.offset() + k * right.rowStride()
                            + column * right.columnStride()];
                }
                int at = 3 + row * (right.columns() + 2) + column;
                if (!(Math.abs(after[at] - (before[at] - 0.5 * expected)) <= 1e-5)) {
                    fail("%d × %d × %d, row %d, column %d: got %s, expected %s", left.rows(), left.columns(),
                            right.columns(), row, column, after[at], before[at] - 0.5 * expected);
                }
            }
        }
    }

    private float[] some(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextDouble() - 0.5);
        }
        return values;
    }

    /** Training that hides rows relies on it: what is worked out of one row must not depend on which others there are. */
    @Test
    void aRowIsTheSameBesideWhicheverOthers() {
        for (int depth : new int[]{1, 3, 7, 16, 33, 130}) {
            for (int columns : new int[]{1, 5, 16, 31, 64, 100}) {
                float[] rows = some(64 * depth);
                float[] right = some(depth * columns);
                for (Matrix factor : List.of(Matrix.of(right, depth, columns),
                        Matrix.transposed(right, columns, depth))) {
                    float[] all = new float[64 * columns];
                    kernels().addProduct(1, Matrix.of(rows, 64, depth), factor, Matrix.of(all, 64, columns));
                    for (int count : new int[]{1, 2, 3, 4, 5, 7, 13, 30, 63}) {
                        int from = 64 - count;
                        float[] some = new float[count * columns];
                        kernels().addProduct(1,
                                Matrix.of(Arrays.copyOfRange(rows, from * depth, 64 * depth), count, depth),
                                factor, Matrix.of(some, count, columns));
                        assertThat(some).as("the last %d of 64 rows of %d, times %d columns", count, depth, columns)
                                .isEqualTo(Arrays.copyOfRange(all, from * columns, 64 * columns));
                    }
                }
            }
        }
    }
}
