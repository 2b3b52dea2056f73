package dev.hansa.core.statistics;

import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.DataException;
import dev.hansa.core.data.Table;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Part;
import dev.hansa.core.question.Question;

/**
 * The client's half: sums over its rows, with noise if the client is to add it.
 *
 * <p>Guarantee: nothing is told of fewer than {@value Question#FEWEST_ROWS} rows. Without noise no cell with fewer rows is
 * told, nor what such cells hold together if that is fewer; where the coordinator is to add the noise there are
 * {@value Question#FEWEST_ROWS} rows for each number, and a sum to which the client adds no noise is of as many rows that are
 * apart from a bound: what stands at a bound is known, and would leave the others. A value counts as it is within its bounds, so that no row moves a sum by
 * more than its {@linkplain Part.Kind#sensitivity sensitivity}.
 */
public final class Tally {
    private Tally() {}

    /**
     * The client's answer.
     *
     * @param table  with the columns of the question in their order
     * @param random of noise; nothing is drawn if others add it
     * @return so many whole numbers as the question says, in units of 2⁻³⁰ rows
     * @throws DataException if there are too few rows to tell anything
     */
    public static long[] of(Question question, Table table, RandomBytes random) {
        question.check(table.schema());
        Noise noise = question.noise();
        int[] rows = counted(table.rows(), noise.rowsPerClient());
        requireEnough(question, rows.length);
        long[] numbers = new long[question.numbers()];
        for (Part part : question.parts()) {
            if (part.column() < 0) {
                numbers[part.from()] = rows.length * Question.ROW;
            } else {
                Asked asked = question.columns().get(part.column());
                double[] values = column(table, part.column());
                if (noise.by() != By.CLIENTS && part.kind() != Part.Kind.CELLS
                        && asked instanceof Asked.Numbers number) {
                    requireNoneAlone(number.bounds(), values, rows);
                }
                add(numbers, part, asked, values, rows);
            }
        }
        if (noise.by() == By.CLIENTS) {
            GridNoise.addTo(numbers, question, random);
        } else if (noise.by() == By.NOBODY) {
            leaveOutFew(numbers, question);
        }
        return numbers;
    }

    /** All rows, or as many as count, evenly spaced. */
    private static int[] counted(int rows, int most) {
        int number = most == 0 ? rows : Math.min(rows, most);
        int[] counted = new int[number];
        for (int i = 0; i < number; i++) {
            counted[i] = (int) ((long) i * rows / number);
        }
        return counted;
    }

    private static void requireEnough(Question question, int rows) {
        int least = Question.FEWEST_ROWS * (question.noise().by() == By.COORDINATOR ? question.numbers() : 1);
        if (rows < least) {
            String problem = "there are fewer than " + least + " rows to tell of, the least for "
                    + (question.noise().by() == By.COORDINATOR
                            ? question.numbers() + " numbers to which the node adds no noise itself"
                            : "sums over them not to give them away");
            throw new DataException(problem, problem + " (there are " + rows + ")");
        }
    }

    /** Of what is apart from the lower bound, from the upper, and from both, there are none or enough. */
    static void requireNoneAlone(Bounds bounds, double[] values, int[] rows) {
        int above = 0;
        int below = 0;
        int between = 0;
        for (int row : rows) {
            double place = bounds.place(values[row]);
            above += place > 0 ? 1 : 0;
            below += place < 1 ? 1 : 0;
            between += place > 0 && place < 1 ? 1 : 0;
        }
        if (isFew(above) || isFew(below) || isFew(between)) {
            String problem = "of some column so few rows are apart from a bound that their sum would give them away;"
                    + " other bounds, or noise by the nodes, would not";
            throw new DataException(problem,
                    problem + " (apart from the lower one " + above + ", from the upper " + below
                            + ", from both " + between + "; expected none or at least " + Question.FEWEST_ROWS + ")");
        }
    }

    private static boolean isFew(int rows) {
        return rows > 0 && rows < Question.FEWEST_ROWS;
    }

    private static double[] column(Table table, int column) {
        return column < table.features().length ? table.features()[column] : table.labels();
    }

    private static void add(long[] numbers, Part part, Asked asked, double[] values, int[] rows) {
        for (int row : rows) {
            double value = values[row];
            if (asked instanceof Asked.Numbers number) {
                double place = number.place(value);
                switch (part.kind()) {
                    case SUM -> numbers[part.from()] += units(place - 0.5);
                    case SQUARES -> numbers[part.from()] += units((2 * place - 1) * (2 * place - 1) - 0.5);
                    default -> numbers[part.from() + cell(place, part.size())] += Question.ROW;
                }
            } else {
                numbers[part.from() + (int) value] += Question.ROW;
            }
        }
    }

    private static long units(double rows) {
        return Math.round(rows * Question.ROW);
    }

    private static int cell(double place, int cells) {
        return Math.min(cells - 1, (int) (place * cells));
    }

    private static void leaveOutFew(long[] numbers, Question question) {
        for (Part part : question.parts()) {
            if (part.kind() == Part.Kind.CELLS) {
                long[] cells = new long[part.size()];
                System.arraycopy(numbers, part.from(), cells, 0, cells.length);
                boolean[] out = FewRows.leftOut(cells, Question.FEWEST_ROWS * Question.ROW);
                for (int i = 0; i < cells.length; i++) {
                    numbers[part.from() + i] = out[i] ? 0 : cells[i];
                }
            }
        }
    }
}
