package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A convolutional network in loops that follow the definitions, in double precision: what the fast one is held against.
 * Pictures and tensors are channel after channel.
 */
final class PlainCnn {
    private final ModelSpec.Cnn model;
    private final int channels;
    private final double[] values;
    private final double[] gradient;
    private final int classes;

    PlainCnn(ModelSpec.Cnn model, int channels, int classes, float[] parameters) {
        this.model = model;
        this.channels = channels;
        this.classes = classes;
        this.values = new double[parameters.length];
        this.gradient = new double[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            values[i] = parameters[i];
        }
    }

    float[] parameters() {
        float[] all = new float[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) values[i];
        }
        return all;
    }

    void step(Examples examples, int from, int to, double rate) {
        Arrays.fill(gradient, 0);
        for (int row = from; row < to; row++) {
            double[] picture = new double[examples.width()];
            for (int i = 0; i < picture.length; i++) {
                picture[i] = examples.inputs()[row * picture.length + i];
            }
            addGradient(picture, (int) examples.targets()[row]);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] -= rate * gradient[i] / (to - from);
        }
    }

    private void addGradient(double[] picture, int label) {
        List<Runnable> back = new ArrayList<>();
        double[][] signal = {picture};
        double[][] error = {null};
        int at = 0;
        int height = model.height();
        int width = model.width();
        int inputs = channels;
        for (int filters : model.filters()) {
            signal[0] = convolve(signal[0], error, back, at, height, width, inputs, filters);
            at += filters * inputs * model.side() * model.side() + filters;
            signal[0] = pool(signal[0], error, back, height, width, filters);
            height /= 2;
            width /= 2;
            inputs = filters;
        }
        List<Integer> widths = new ArrayList<>(model.hidden());
        widths.add(classes);
        for (int layer = 0; layer < widths.size(); layer++) {
            int in = signal[0].length;
            signal[0] = dense(signal[0], error, back, at, widths.get(layer), layer < widths.size() - 1);
            at += widths.get(layer) * (in + 1);
        }
        error[0] = softmaxErrors(signal[0], label);
        for (int i = back.size() - 1; i >= 0; i--) {
            back.get(i).run();
        }
    }

    private static double[] softmaxErrors(double[] z, int label) {
        double sum = 0;
        for (double value : z) {
            sum += Math.exp(value);
        }
        double[] errors = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            errors[i] = Math.exp(z[i]) / sum - (i == label ? 1 : 0);
        }
        return errors;
    }

    private double[] convolve(double[] in, double[][] error, List<Runnable> back, int at, int height, int width,
            int inputs, int filters) {
        int side = model.side();
        int biases = at + filters * inputs * side * side;
        double[] out = new double[filters * height * width];
        visit(height, width, inputs, filters, (o, i, weight) -> out[o] += in[i] * values[at + weight]);
        for (int o = 0; o < out.length; o++) {
            out[o] += values[biases + o / (height * width)];
        }
        back.add(() -> {
            double[] errors = error[0];
            double[] below = new double[in.length];
            visit(height, width, inputs, filters, (o, i, weight) -> {
                gradient[at + weight] += errors[o] * in[i];
                below[i] += errors[o] * values[at + weight];
            });
            for (int o = 0; o < out.length; o++) {
                gradient[biases + o / (height * width)] += errors[o];
            }
            error[0] = below;
        });
        return out;
    }

    private interface Tap {
        void at(int output, int input, int weight);
    }

    private void visit(int height, int width, int inputs, int filters, Tap tap) {
        int side = model.side();
        for (int f = 0; f < filters; f++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    for (int c = 0; c < inputs; c++) {
                        for (int ky = 0; ky < side; ky++) {
                            for (int kx = 0; kx < side; kx++) {
                                int iy = y + ky - side / 2;
                                int ix = x + kx - side / 2;
                                if (iy >= 0 && iy < height && ix >= 0 && ix < width) {
                                    tap.at((f * height + y) * width + x, (c * height + iy) * width + ix,
                                            ((f * inputs + c) * side + ky) * side + kx);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /** ReLU, then the largest of two by two points. */
    private static double[] pool(double[] in, double[][] error, List<Runnable> back, int height, int width,
            int channels) {
        int down = height / 2;
        int across = width / 2;
        double[] out = new double[channels * down * across];
        int[] origins = new int[out.length];
        for (int o = 0; o < out.length; o++) {
            int c = o / (down * across);
            int y = o / across % down;
            int x = o % across;
            origins[o] = -1;
            for (int k = 0; k < 4; k++) {
                int i = (c * height + 2 * y + k / 2) * width + 2 * x + k % 2;
                if (in[i] > out[o]) {
                    out[o] = in[i];
                    origins[o] = i;
                }
            }
        }
        back.add(() -> {
            double[] below = new double[in.length];
            for (int o = 0; o < out.length; o++) {
                if (origins[o] >= 0) {
                    below[origins[o]] += error[0][o];
                }
            }
            error[0] = below;
        });
        return out;
    }

    private double[] dense(double[] in, double[][] error, List<Runnable> back, int at, int outputs, boolean rectified) {
        double[] out = new double[outputs];
        for (int o = 0; o < outputs; o++) {
            out[o] = values[at + outputs * in.length + o];
            for (int i = 0; i < in.length; i++) {
                out[o] += values[at + o * in.length + i] * in[i];
            }
            out[o] = rectified ? Math.max(0, out[o]) : out[o];
        }
        back.add(() -> {
            double[] below = new double[in.length];
            for (int o = 0; o < outputs; o++) {
                double e = rectified && out[o] == 0 ? 0 : error[0][o];
                gradient[at + outputs * in.length + o] += e;
                for (int i = 0; i < in.length; i++) {
                    gradient[at + o * in.length + i] += e * in[i];
                    below[i] += e * values[at + o * in.length + i];
                }
            }
            error[0] = below;
        });
        return out;
    }
}
