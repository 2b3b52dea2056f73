package dev.hansa.client.policy;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Standardising;
import dev.hansa.wire.trust.Author;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a run asks of a data owner, for whoever decides on it. */
final class AskedWords {
    private AskedWords() {}

    /**
     * By what it is about, in the order in which it is read.
     *
     * @param cost what it would take of the owner's budget
     */
    static Map<String, String> of(Task task, Optional<Terms> terms, Optional<Author> author, String cost) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("purpose", terms.map(Terms::purpose).filter(purpose -> !purpose.isEmpty()).orElse("not told"));
        about.put("data", data(task));
        about.put("rounds", rounds(task, terms));
        about.put("privacy", task instanceof Task.Statistics statistics ? noise(statistics.question().noise())
                : terms.map(AskedWords::noise).orElse("it tells nothing of itself") + columns(task)
                        + (isShown(task) ? "; other nodes see a model that is trained on this node's rows alone" : ""));
        about.put("cost", cost);
        author.ifPresent(known -> about.put("signed by", known.text()));
        return about;
    }

    private static String data(Task task) {
        DataSpec data = task.data();
        String set = "data set " + data.set() + ", ";
        if (task instanceof Task.Statistics) {
            return set + "statistics of the columns "
                    + data.schema().columns().stream().map(Column::name).collect(Collectors.joining(", "));
        }
        return set + "columns "
                + data.schema().features().stream().map(Column::name).collect(Collectors.joining(", "))
                + " to predict " + data.schema().label().name()
                + (data.holdOut() instanceof HoldOut.Marked marked
                        ? "; rows with \"" + marked.value() + "\" in " + marked.column() + " are held out"
                        : "");
    }

    private static String rounds(Task task, Optional<Terms> terms) {
        if (task instanceof Task.Statistics) {
            return "one answer" + terms.map(say -> ", told with those of at least " + say.leastUpdates() + " nodes")
                    .orElse("");
        }
        return terms.map(say -> "at most " + say.rounds() + " rounds; "
                + (say.leastUpdates() > 1 ? "at least " + say.leastUpdates() + " updates in a sum"
                        : "a sum may be of this node's update alone"))
                .orElse("not told");
    }

    private static String noise(Terms terms) {
        if (terms.rows().isPresent()) {
            Terms.Rows rows = terms.rows().get();
            return "this node hides each single row, not all of them together (DP-SGD): in each of " + rows.steps()
                    + " steps a round it draws each row with probability " + Figures.number(rows.sampling())
                    + " and adds noise, multiplier " + Figures.noise(rows.noise());
        }
        if (terms.ownNoise() > 0) {
            return "this node adds noise, multiplier " + Figures.noise(terms.ownNoise());
        }
        return terms.promise()
                .map(promise -> "the coordinator promises noise, multiplier " + Figures.noise(promise.noise()))
                .orElse("no noise that hides the data set as a whole");
    }

    private static boolean isShown(Task task) {
        return task instanceof Task.Fit fit && fit.shown();
    }

    /** What is told of columns before the first round. */
    private static String columns(Task task) {
        if (!(task instanceof Task.Describe describe)) {
            return "";
        }
        Optional<Standardising> hidden = describe.hidden();
        return hidden.isPresent()
                ? "; sums over columns with noise of "
                        + (hidden.get().own() ? "this node" : "the coordinator") + ", multiplier "
                        + Figures.noise(hidden.get().noise()) + (hidden.get().ofRows() ? ", for single rows" : "")
                : describe.data().standardise() ? "; sums over columns of numbers as they are" : "";
    }

    private static String noise(Noise noise) {
        String hides = "noise, multiplier " + Figures.noise(noise.multiplier())
                + (noise.rowsPerClient() > 0 ? ", for all rows together" : ", for single rows");
        return switch (noise.by()) {
            case NOBODY -> "no noise";
            case CLIENTS -> "this node adds " + hides;
            case COORDINATOR -> "the coordinator promises " + hides;
        };
    }
}
