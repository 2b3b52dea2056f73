package dev.hansa.core.statistics;

import dev.hansa.core.data.Column;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Part;
import dev.hansa.core.question.Part.Kind;
import dev.hansa.core.question.Question;
import dev.hansa.core.statistics.Answer.Cell;
import dev.hansa.core.statistics.Answer.Estimate;
import dev.hansa.core.statistics.Answer.Named;
import dev.hansa.core.statistics.Answer.OfColumn;
import dev.hansa.core.statistics.Survey.Measure;
import dev.hansa.core.statistics.Survey.Wanted;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Makes of the sums of all answers what was wanted. */
final class Estimates {
    private final Survey survey;
    private final Question question;
    private final long[] numbers;
    private final int[] clients;
    private final int[] silent;
    private final int answers;

    /**
     * @param numbers sums over all clients, with all noise
     * @param clients by number, how many told of something there
     * @param silent  by number, how many told nothing there, and may have left out some rows
     */
    Estimates(Survey survey, long[] numbers, int[] clients, int[] silent, int answers) {
        this.survey = survey;
        this.question = survey.question();
        this.numbers = numbers;
        this.clients = clients;
        this.silent = silent;
        this.answers = answers;
    }

    Estimate rows() {
        return estimate(question.parts().get(0), 0);
    }

    Answer answer() {
        List<OfColumn> columns = new ArrayList<>();
        for (int i = 0; i < question.columns().size(); i++) {
            columns.add(column(i));
        }
        return new Answer(answers, rows(), columns);
    }

    private OfColumn column(int index) {
        Column column = survey.data().schema().columns().get(index);
        Wanted wanted = survey.wanted().get(index);
        Optional<Part> part = part(Kind.CELLS, index);
        List<Estimate> cells = part.map(this::estimates).orElse(Collections.emptyList());
        boolean told = !(question.columns().get(index) instanceof Asked.Numbers)
                || wanted.measures().contains(Measure.HISTOGRAM);
        List<Cell> shown = told && part.isPresent() ? cells(part.get(), cells) : Collections.emptyList();
        List<Named> values = question.columns().get(index) instanceof Asked.Numbers asked
                ? values(asked, index, wanted)
                : Collections.emptyList();
        return new OfColumn(column.name(), column.unit(), values, shown, leftOut(shown),
                question.columns().get(index) instanceof Asked.Numbers asked && !cells.isEmpty()
                        ? new Quantiles(asked, rows(), cells, noisy(), survey.minimum().cell()).of(wanted.quantiles())
                        : Collections.emptyList());
    }

    private List<Named> values(Asked.Numbers asked, int column, Wanted wanted) {
        List<Named> values = new ArrayList<>();
        part(Kind.SUM, column).ifPresent(part -> {
            Moments moments = new Moments(asked, rows(), estimate(part, part.from()));
            if (wanted.measures().contains(Measure.SUM)) {
                values.add(new Named("sum", moments.sum()));
            }
            if (wanted.measures().contains(Measure.MEAN)) {
                values.add(new Named("mean", moments.mean()));
            }
            part(Kind.SQUARES, column).ifPresent(squares -> {
                Estimate variance = moments.variance(estimate(squares, squares.from()));
                values.add(new Named("variance", variance));
                values.add(new Named("deviation", Moments.root(variance)));
            });
        });
        return values;
    }

    /** Without noise, those of few rows or few clients are not told. */
    private List<Cell> cells(Part part, List<Estimate> rows) {
        boolean[] out = new boolean[part.size()];
        if (!noisy()) {
            boolean[] fewClients = new boolean[part.size()];
            for (int i = 0; i < fewClients.length; i++) {
                fewClients[i] = clients[part.from() + i] < survey.minimum().clients();
            }
            out = FewRows.leftOut(Arrays.copyOfRange(numbers, part.from(), part.from() + part.size()), fewClients,
                    survey.minimum().cell() * Question.ROW);
        }
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < part.size(); i++) {
            int leftOutBy = noisy() || out[i] ? 0 : silent[part.from() + i];
            boolean told = !out[i] && (leftOutBy == 0 || rows.get(i).value() > 0);
            cells.add(new Cell(name(part.column(), i), told ? Optional.of(rows.get(i)) : Optional.empty(), leftOutBy));
        }
        return cells;
    }

    private String name(int column, int cell) {
        if (question.columns().get(column) instanceof Asked.Numbers asked) {
            return text(asked.edge(cell)) + " to " + text(asked.edge(cell + 1));
        }
        return ((Column.Category) survey.data().schema().columns().get(column)).categories().get(cell);
    }

    private static String text(double edge) {
        String text = new BigDecimal(edge, new MathContext(6)).stripTrailingZeros()
                .toPlainString();
        return text.length() > 12 ? String.valueOf((float) edge) : text;
    }

    private Estimate leftOut(List<Cell> cells) {
        if (cells.isEmpty() || noisy()) {
            return new Estimate(0, 0);
        }
        double told = cells.stream().mapToDouble(cell -> cell.rows().map(Estimate::value).orElse(0.0)).sum();
        return new Estimate(rows().value() - told, 0);
    }

    private boolean noisy() {
        return question.noise().by() != By.NOBODY;
    }

    private Optional<Part> part(Kind kind, int column) {
        return question.parts().stream().filter(part -> part.kind() == kind && part.column() == column).findFirst();
    }

    private List<Estimate> estimates(Part part) {
        List<Estimate> estimates = new ArrayList<>();
        for (int i = part.from(); i < part.from() + part.size(); i++) {
            estimates.add(estimate(part, i));
        }
        return estimates;
    }

    /** In rows. */
    private Estimate estimate(Part part, int index) {
        double once = noisy() ? new GridNoise(part, question.noise()).deviation() : 0;
        return new Estimate((double) numbers[index] / Question.ROW,
                once * (question.noise().by() == By.CLIENTS ? Math.sqrt(answers) : 1));
    }
}
