package dev.hansa.client.policy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hansa.core.FederationException;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import dev.hansa.wire.trust.Author;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
     * @param about  what it asks for, for people: by what each is about, in the order in which it is read
     * @param asked  when the node was asked first
     * @param latest when it was asked last, as far as nobody had decided
     */
    public record Question(String run, Map<String, String> about, Sha256 content, Instant asked, Instant latest) {
        public Question {
            about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
        }

        /** All of it in one line. */
        public String text() {
            return about.entrySet().stream().map(one -> one.getKey() + ": " + one.getValue())
                    .collect(Collectors.joining("; "));
        }
    }

    /**
     * What is decided of the task's run; asks if nothing is.
     *
     * @param cost tells what the run would cost; asked for only where the question is new
     */
    Decision of(Task task, Optional<Terms> terms, Optional<Author> author, Instant now, Supplier<String> cost) {
        String run = task.run();
        String asks = run + "\n" + task.data() + "\n" + terms
                + (task instanceof Task.Statistics statistics ? "\n" + statistics.question() : "")
                + author.map(known -> "\n" + known).orElse("");
        Sha256 content = Sha256.of(asks.getBytes(StandardCharsets.UTF_8));
        Optional<JsonObject> decided = read(file(run, DECIDED));
        if (decided.isPresent() && text(decided.get(), "content").equals(content.hex())) {
            return Decision.valueOf(text(decided.get(), "decision"));
        }
        Path file = file(run, ASKED);
        Optional<JsonObject> asked = read(file);
        if (!asked.isPresent() || !text(asked.get(), "content").equals(content.hex())) {
            JsonObject about = new JsonObject();
            AskedWords.of(task, terms, author, cost.get()).forEach(about::addProperty);
            JsonObject question = new JsonObject();
            question.addProperty("run", run);
            question.add("about", about);
            question.addProperty("content", content.hex());
            question.addProperty("time", now.toString());
            write(file, question);
        }
        try {
            Files.setLastModifiedTime(file, FileTime.from(now));
        } catch (IOException e) {
            throw unusable(file, e);
        }
        return Decision.NONE;
    }

    /** All questions that were ever asked, the first asked first. */
    public List<Question> questions() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Question> questions = new ArrayList<>();
            for (Path file : files.filter(name -> name.toString().endsWith(ASKED)).collect(Collectors.toList())) {
                Optional<JsonObject> json = read(file);
                if (json.isPresent()) {
                    questions.add(question(json.get(), Files.getLastModifiedTime(file).toInstant()));
                }
            }
            questions.sort(Comparator.comparing(Question::asked));
            return questions;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static Question question(JsonObject json, Instant latest) {
        Map<String, String> about = new LinkedHashMap<>();
        if (json.has("about")) {
            json.getAsJsonObject("about").entrySet()
                    .forEach(one -> about.put(one.getKey(), one.getValue().getAsString()));
        } else { // of a version that wrote one sentence
            about.put("asks for", text(json, "text"));
        }
        return new Question(text(json, "run"), about, Sha256.parse(text(json, "content")),
                Instant.parse(text(json, "time")), latest);
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
