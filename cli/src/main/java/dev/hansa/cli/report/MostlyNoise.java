package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.core.question.Asked;
import dev.hansa.core.statistics.Answer;
import dev.hansa.core.statistics.Answer.Estimate;
import dev.hansa.core.statistics.Answer.OfColumn;
import dev.hansa.core.statistics.Answer.Quantile;
import dev.hansa.core.statistics.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which numbers of an answer to a survey are hardly more than the noise in them. */
public final class MostlyNoise {
    /** A mean that is off by so much of the width of its bounds is hardly known better than by the bounds alone. */
    private static final double PART = 0.25;
    private static final int MOST_NAMES = 6;

    private MostlyNoise() {}

    /** By name: {@code age mean}, {@code sex f}; none without noise. */
    public static List<String> of(Survey survey, Answer answer) {
        List<String> names = new ArrayList<>();
        if (drowns(answer.rows())) {
            names.add("rows");
        }
        for (int i = 0; i < answer.columns().size(); i++) {
            OfColumn column = answer.columns().get(i);
            if (survey.question().columns().get(i) instanceof Asked.Numbers asked) {
                column.values().stream()
                        .filter(value -> drowns(value.name(), value.estimate(), asked, answer.rows().value()))
                        .forEach(value -> names.add(column.name() + " " + value.name()));
                column.quantiles().stream().filter(quantile -> tellsNothing(quantile, asked))
                        .forEach(quantile -> names.add(column.name() + " " + SurveyText.name(quantile)));
            }
            column.cells().stream().filter(cell -> cell.rows().filter(MostlyNoise::drowns).isPresent())
                    .forEach(cell -> names.add(column.name() + " " + cell.name()));
        }
        return names;
    }

    private static boolean drowns(String name, Estimate estimate, Asked.Numbers asked, double rows) {
        double width = asked.high() - asked.low();
        return switch (name) {
            case "mean" -> estimate.error() >= PART * width;
            case "sum" -> estimate.error() > 0 && estimate.error() >= PART * width * Math.max(0, rows);
            default -> drowns(estimate);
        };
    }

    private static boolean drowns(Estimate estimate) {
        return estimate.error() > 0 && estimate.error() >= Math.abs(estimate.value());
    }

    private static boolean tellsNothing(Quantile quantile, Asked.Numbers asked) {
        return quantile.low() <= asked.low() && quantile.high() >= asked.high();
    }

    /** What has to be said of it; empty if there is none. */
    static Optional<String> warning(Survey survey, Answer answer) {
        List<String> names = of(survey, answer);
        return names.isEmpty() ? Optional.empty()
                : Optional.of("Hardly more than noise, for the error is as large as the number itself, or as what the"
                        + " bounds alone tell: "
                        + String.join("; ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                        + (names.size() > MOST_NAMES
                                ? "; and " + Format.count(names.size() - MOST_NAMES, "more number")
                                : "")
                        + ". A larger epsilon, more rows, or fewer things asked at once make the noise smaller.");
    }
}
