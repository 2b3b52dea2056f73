package dev.hansa.client.policy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hansa.core.FederationException;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.question.Noise;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import dev.hansa.wire.trust.Author;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs that wait, or waited, for a person: the node asks by a file, and whoever decides answers by another, also while the
 * node runs. A decision holds for what was asked: if the run changes what it says of itself or the columns it reads, it is
 * asked again.
 *
 * @param folder exists, and holds nothing else
 */
public record Approvals(Path folder) {
    private static final String ASKED = ".asked";
    private static final String DECIDED = ".decided";

    /** What became of a question. */
    public enum Decision {
        /** Nobody has decided yet. */
        NONE, APPROVED, DENIED
    }

    /**
     * A run that somebody has to decide on.
     *
     * @param text what it is, for people
     */
    public record Question(String run, String text, Sha256 content, Instant asked) {}

    /** What is decided of the task's run; asks if nothing is. */
    Decision of(Task task, Optional<Terms> terms, Optional<Author> author, Instant now) {
        String run = task.run();
        String asks = run + "\n" + task.data() + "\n" + terms
                + (task instanceof Task.Statistics statistics ? "\n" + statistics.question() : "")
                + author.map(known -> "\n" + known).orElse("");
        Sha256 content = Sha256.of(asks.getBytes(StandardCharsets.UTF_8));
        Optional<JsonObject> decided = read(file(run, DECIDED));
        if (decided.isPresent() && text(decided.get(), "content").equals(content.hex())) {
            return Decision.valueOf(text(decided.get(), "decision"));
        }
        Optional<JsonObject> asked = read(file(run, ASKED));
        if (!asked.isPresent() || !text(asked.get(), "content").equals(content.hex())) {
            JsonObject question = new JsonObject();
            question.addProperty("run", run);
            question.addProperty("text", words(task, terms) + author.map(known -> "; signed by " + known).orElse(""));
            question.addProperty("content", content.hex());
            question.addProperty("time", now.toString());
            write(file(run, ASKED), question);
        }
        return Decision.NONE;
    }

    private static String words(Task task, Optional<Terms> terms) {
        DataSpec data = task.data();
        if (task instanceof Task.Statistics statistics) {
            return "data set " + data.set() + ", statistics of the columns "
                    + data.schema().columns().stream().map(Column::name).collect(Collectors.joining(", ")) + "; "
                    + terms.map(Terms::purpose).filter(purpose -> !purpose.isEmpty())
                            .map(purpose -> "purpose: " + purpose + "; ").orElse("")
                    + words(statistics.question().noise());
        }
        String columns = data.schema().features().stream().map(column -> column.name())
                .collect(Collectors.joining(", "));
        return "data set " + data.set() + ", columns " + columns + " to predict " + data.schema().label().name()
                + terms.map(say -> "; purpose: " + (say.purpose().isEmpty() ? "not told" : say.purpose()) + "; at most "
                        + say.rounds() + " rounds; "
                        + (say.ownNoise() > 0 ? "this node adds noise, multiplier " + say.ownNoise()
                                : say.promise().map(promise -> "the coordinator promises noise, multiplier "
                                        + promise.noise()).orElse("no noise that hides the data set as a whole")))
                        .orElse("; it tells nothing more of itself");
    }

    private static String words(Noise noise) {
        String hides = "noise, multiplier " + noise.multiplier()
                + (noise.rowsPerClient() > 0 ? ", for all rows together" : ", for single rows");
        return switch (noise.by()) {
            case NOBODY -> "no noise";
            case CLIENTS -> "this node adds " + hides;
            case COORDINATOR -> "the coordinator promises " + hides;
        };
    }

    /** All questions that were ever asked, the first asked first. */
    public List<Question> questions() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Question> questions = new ArrayList<>();
            for (Path file : files.filter(name -> name.toString().endsWith(ASKED)).collect(Collectors.toList())) {
                read(file).ifPresent(json -> questions.add(new Question(text(json, "run"), text(json, "text"),
                        Sha256.parse(text(json, "content")), Instant.parse(text(json, "time")))));
            }
            questions.sort(Comparator.comparing(Question::asked));
            return questions;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** What was decided on the question. */
    public Decision decision(Question question) {
        return read(file(question.run(), DECIDED))
                .filter(json -> text(json, "content").equals(question.content().hex()))
                .map(json -> Decision.valueOf(text(json, "decision"))).orElse(Decision.NONE);
    }

    /** Decides on it, from now on. */
    public void decide(Question question, boolean approved, Instant now) {
        JsonObject json = new JsonObject();
        json.addProperty("run", question.run());
        json.addProperty("content", question.content().hex());
        json.addProperty("decision", (approved ? Decision.APPROVED : Decision.DENIED).name());
        json.addProperty("time", now.toString());
        write(file(question.run(), DECIDED), json);
    }

    /** Runs are called as the coordinator likes, files are not. */
    private Path file(String run, String suffix) {
        return folder.resolve(Sha256.of(run.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32) + suffix);
    }

    private static Optional<JsonObject> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(JsonParser
                            .parseString(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                            .getAsJsonObject())
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw unusable(file, e);
        }
    }

    private static String text(JsonObject json, String name) {
        return json.has(name) ? json.get(name).getAsString() : "";
    }

    private static void write(Path file, JsonObject json) {
        try {
            PrivateFiles.replace(file, (json + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static FederationException unusable(Path file, Exception e) {
        return new FederationException("cannot use " + file.toAbsolutePath() + ", where approvals of runs are kept: "
                + e.getMessage() + "; delete it to be asked again", true, e);
    }
}
