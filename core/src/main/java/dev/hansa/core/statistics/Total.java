package dev.hansa.core.statistics;

import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Part;
import dev.hansa.core.question.Question;
import java.util.Locale;
import java.util.Optional;

/** The coordinator's half: adds up answers, in whatever order they come. Not safe for several threads. */
public final class Total {
    /** What sums of many answers cannot exceed. */
    private static final long MOST = 1L << 61;

    private final Question question;
    private final long[] sums;
    /** By number: how many clients told of something there. */
    private final int[] clients;
    /** By number: how many clients told nothing there, and have rows in cells that they did not tell. */
    private final int[] silent;
    private int answers;

    public Total(Question question) {
        this.question = question;
        this.sums = new long[question.numbers()];
        this.clients = new int[sums.length];
        this.silent = new int[sums.length];
    }

    /** How many answers there are. */
    public int answers() {
        return answers;
    }

    /**
     * Adds one client's answer.
     *
     * @return why it cannot be counted, if so; then nothing is added
     */
    public Optional<String> add(long[] numbers) {
        Optional<String> problem = problem(numbers);
        if (!problem.isPresent()) {
            answers++;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += numbers[i];
                clients[i] += numbers[i] == 0 ? 0 : 1;
            }
            if (question.noise().by() == By.NOBODY) {
                question.parts().stream().filter(part -> part.kind() == Part.Kind.CELLS)
                        .forEach(part -> noteSilence(part, numbers));
            }
        }
        return problem;
    }

    private void noteSilence(Part part, long[] numbers) {
        long told = 0;
        for (int i = part.from(); i < part.from() + part.size(); i++) {
            told += numbers[i];
        }
        for (int i = part.from(); i < part.from() + part.size(); i++) {
            silent[i] += numbers[i] == 0 && told < numbers[0] ? 1 : 0;
        }
    }

    private Optional<String> problem(long[] numbers) {
        if (numbers.length != sums.length) {
            return Optional.of("it told " + numbers.length + " numbers, expected " + sums.length);
        }
        for (int i = 0; i < sums.length; i++) {
            if (numbers[i] > MOST || numbers[i] < -MOST || Math.abs(sums[i] + numbers[i]) > MOST) {
                return Optional.of("its numbers are too large to be added up");
            }
        }
        return question.noise().by() == By.CLIENTS ? Optional.empty() : question.parts().stream()
                .filter(part -> !isPossible(part, numbers)).findFirst()
                .map(part -> "its " + part.kind().name().toLowerCase(Locale.ROOT)
                        + " cannot be those of its rows");
    }

    /** Whether rows can have such sums. */
    private static boolean isPossible(Part part, long[] numbers) {
        long rows = numbers[0];
        long together = 0;
        for (int i = part.from(); i < part.from() + part.size(); i++) {
            boolean whole = numbers[i] >= 0 && numbers[i] % Question.ROW == 0 && numbers[i] <= rows;
            if (part.size() > 1 || part.kind() == Part.Kind.ROWS ? !whole : Math.abs(numbers[i]) > rows / 2) {
                return false;
            }
            together += Math.abs(numbers[i]);
            if (together > rows) {
                return false;
            }
        }
        return rows >= Question.FEWEST_ROWS * Question.ROW;
    }

    /**
     * The answer to the survey of this question, once all clients are counted.
     *
     * @param random of the noise that the coordinator adds; nothing is drawn if it adds none
     * @return empty if there are fewer clients or rows than the survey's minimum
     */
    public Optional<Answer> answer(Survey survey, RandomBytes random) {
        if (answers < survey.minimum().clients()) {
            return Optional.empty();
        }
        long[] numbers = sums.clone();
        if (question.noise().by() == By.COORDINATOR) {
            GridNoise.addTo(numbers, question, random);
        }
        Estimates estimates = new Estimates(survey, numbers, clients, silent, answers);
        return estimates.rows().value() < survey.minimum().rows() ? Optional.empty() : Optional.of(estimates.answer());
    }
}
