package dev.hansa.client.policy;

import com.google.gson.JsonArray;
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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs that wait, or waited, for a person: the node asks by a file, and whoever decides answers by another, also while the
 * node runs. A decision holds for what was asked: if the run changes what it says of itself, the columns it reads, or what it
 * asks of them before the first round, or shows a model of this node's rows to others, it is asked again.
 *
 * @param folder exists, and holds nothing else
 */
public record Approvals(Path folder) {
    private static final String ASKED = ".asked";
    static final String DECIDED = ".decided";
    private static final String CONTENT = "content";
    private static final String DECISION = "decision";
    private static final String PART = "part";
    private static final String PARTS = "parts";

    /** What became of a question. */
    public enum Decision {
        /** Nobody has decided yet. */
        NONE, APPROVED, DENIED,
        /** Nobody is asked yet: so many other runs wait that nobody would read of one more. */
        CROWDED
    }

    /**
     * A run that somebody has to decide on.
     *
     * @param about   what it asks for, for people: by what each is about, in the order in which it is read
     * @param content the run as it describes itself
     * @param part    what it asks for beside that: sums over columns, or that others see a model of these rows alone
     * @param asked   when the node was asked first
     * @param latest  when it was asked last, as far as nobody had decided
     */
    public record Question(String run, Map<String, String> about, Sha256 content, Optional<Sha256> part, Instant asked,
            Instant latest) {
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
     * What is decided of the task's run, and of what the task asks for beside it; asks if nothing is.
     *
     * @param cost tells what the run would cost; asked for only where the question is new
     */
    Decision of(Task task, Optional<Terms> terms, Optional<Author> author, Instant now, Supplier<String> cost) {
        String run = task.run();
        AskedContent content = AskedContent.of(task, terms, author);
        Decision decided = decision(run, content.run(), content.part());
        if (decided != Decision.NONE) {
            return decided;
        }
        Path file = file(run, ASKED);
        if (!read(file).filter(asked -> covers(asked, content)).isPresent()) {
            if (!haveRoom(run, now)) {
                return Decision.CROWDED;
            }
            JsonObject about = new JsonObject();
            AskedWords.of(task, terms, author, cost.get()).forEach(about::addProperty);
            JsonObject question = new JsonObject();
            question.addProperty("run", run);
            question.add("about", about);
            question.addProperty(CONTENT, content.run().hex());
            content.part().ifPresent(part -> question.addProperty(PART, part.hex()));
            question.addProperty("time", now.toString());
            write(file, question, now);
        } else {
            touch(file, now);
        }
        return Decision.NONE;
    }

    private boolean haveRoom(String run, Instant now) {
        try {
            return new QuestionFiles(this).haveRoom(run, now);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Who is asked about all of a run is not asked again about less of it. */
    private static boolean covers(JsonObject asked, AskedContent content) {
        return text(asked, CONTENT).equals(content.run().hex())
                && content.part().map(part -> text(asked, PART).equals(part.hex())).orElse(true);
    }

    /** All questions that were ever asked, the first asked first. */
    public List<Question> questions() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Question> questions = new ArrayList<>();
            for (Path file : files.filter(name -> name.toString().endsWith(ASKED)).collect(Collectors.toList())) {
                Optional<JsonObject> json = read(file);
                if (json.isPresent()) {
                    questions.add(question(json.get(), Instant.ofEpochMilli(file.toFile().lastModified())));
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
        return new Question(text(json, "run"), about, Sha256.parse(text(json, CONTENT)),
                json.has(PART) ? Optional.of(Sha256.parse(text(json, PART))) : Optional.empty(),
                Instant.parse(text(json, "time")), latest);
    }

    /** What was decided on the question. */
    public Decision decision(Question question) {
        return decision(question.run(), question.content(), question.part());
    }

    /** No is no to all of a run; yes is yes to what was shown. */
    private Decision decision(String run, Sha256 content, Optional<Sha256> part) {
        Optional<JsonObject> decided = read(file(run, DECIDED))
                .filter(json -> text(json, CONTENT).equals(content.hex()));
        Decision decision = decided.map(json -> Decision.valueOf(text(json, DECISION))).orElse(Decision.NONE);
        boolean isWhole = decision != Decision.APPROVED || !part.isPresent()
                || parts(decided.get()).contains(part.get().hex());
        return isWhole ? decision : Decision.NONE;
    }

    /** Decides on it, from now on. */
    public void decide(Question question, boolean approved, Instant now) {
        Path file = file(question.run(), DECIDED);
        SortedSet<String> parts = new TreeSet<>();
        question.part().ifPresent(part -> parts.add(part.hex()));
        read(file).filter(before -> text(before, CONTENT).equals(question.content().hex())
                && text(before, DECISION).equals(Decision.APPROVED.name()))
                .ifPresent(before -> parts.addAll(parts(before)));
        JsonObject json = new JsonObject();
        json.addProperty("run", question.run());
        json.addProperty(CONTENT, question.content().hex());
        json.addProperty(DECISION, (approved ? Decision.APPROVED : Decision.DENIED).name());
        JsonArray approvedParts = new JsonArray();
        parts.forEach(approvedParts::add);
        json.add(PARTS, approvedParts);
        json.addProperty("time", now.toString());
        write(file, json, now);
    }

    private static Set<String> parts(JsonObject decided) {
        Set<String> parts = new HashSet<>();
        if (decided.has(PARTS)) { // older versions wrote none
            decided.getAsJsonArray(PARTS).forEach(part -> parts.add(part.getAsString()));
        }
        return parts;
    }

    /** The question about that run. */
    Path asked(String run) {
        return file(run, ASKED);
    }

    /** The question whose decision stands in that file. */
    static Path askedOf(Path decided) {
        String name = String.valueOf(decided.getFileName());
        return decided.resolveSibling(name.substring(0, name.length() - DECIDED.length()) + ASKED);
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
        } catch (NoSuchFileException e) { // the node forgets old ones
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw unusable(file, e);
        }
    }

    private static String text(JsonObject json, String name) {
        return json.has(name) ? json.get(name).getAsString() : "";
    }

    private static void write(Path file, JsonObject json, Instant now) {
        try {
            PrivateFiles.replace(file, (json + "\n").getBytes(StandardCharsets.UTF_8));
            touch(file, now);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static void touch(Path file, Instant now) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(now));
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static FederationException unusable(Path file, Exception e) {
        return new FederationException("cannot use " + file.toAbsolutePath() + ", where approvals of runs are kept: "
                + e.getMessage() + "; delete it to be asked again", true, e);
    }
}
