package dev.hansa.cli.bench;

import dev.hansa.cli.example.Example;
import dev.hansa.cli.example.Examples;
import dev.hansa.spec.RunFile;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What is learned to see what privacy costs. The settings are the same for all mechanisms and budgets: they were chosen once,
 * between what suits one or another.
 */
public enum UtilityWork {
    /** Many clients with few rows each: digits by who wrote them. A model as small as can be, for noise grows with it. */
    WRITERS("writers", "handwriting", "237 writers; accuracy on the digits of 60 others", "[]"),
    /** Few clients: heart disease in four hospitals. */
    HOSPITALS("hospitals", "hospitals", "4 hospitals; accuracy on a fifth of their patients, held out",
            "[evaluation, statistics]");

    /** Of the updates of both. */
    private static final String CLIP = "0.5";
    private static final String DELTA = "1e-4";

    private final String text;
    private final String example;
    private final String title;
    private final String exempt;

    UtilityWork(String text, String example, String title, String exempt) {
        this.text = text;
        this.example = example;
        this.title = title;
        this.exempt = exempt;
    }

    /** The data, and the run that was changed for this. */
    public Example example() {
        return Examples.named(example);
    }

    /** The run without privacy. */
    public RunFile file() {
        return RunFile.parse(example().runFile(), text).with(changes(), text);
    }

    /** All clients answer in a simulation; noise that they share out is charged for as many as have to. */
    private Map<String, String> changes() {
        if (this == HOSPITALS) {
            return Map.of("rounds", "10", "evaluation", "{every: 10}", "cohort.minimumReports", "4");
        }
        return Map.of("rounds", "10", "evaluation", "{every: 10, central: unseen}", "model", "softmax", "training",
                "{epochs: 3, batchSize: 10, rate: 0.1}", "cohort", "{nodes: 237, minimumReports: 237}");
    }

    /** The section of the run file that asks for it. */
    String privacy(String mechanism, double epsilon) {
        return "{type: " + mechanism + ", clip: " + CLIP + ", epsilon: " + BigDecimal.valueOf(epsilon).toPlainString()
                + ", delta: " + DELTA + ", exempt: " + exempt + "}";
    }

    /** What was set, for people. */
    public String settings() {
        return file().spec().rounds() + " rounds of all clients, clip " + CLIP + ", delta " + DELTA;
    }

    public String title() {
        return title;
    }

    @Override
    public String toString() {
        return text;
    }
}
