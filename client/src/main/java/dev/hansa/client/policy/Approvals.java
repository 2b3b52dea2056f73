package dev.hansa.client.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.Author;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    static final String ASKED = ".asked";
    static final String DECIDED = ".decided";
    private static final String OVER = ".over";
    private static final String WHY = "why";
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

    /** What is decided of the task's run, and of what the task asks for beside it. */
    Decision decided(Task task, Optional<Terms> terms, Optional<Author> author) {
        AskedContent content = AskedContent.of(task, terms, author);
        return decision(task.run(), content.run(), content.part());
    }

    /**
     * The same; asks if nothing is decided.
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
        ApprovalFile file = file(run, ASKED);
        if (file.read().filter(asked -> covers(asked, content)).isPresent()) {
            file.touch(now);
            return Decision.NONE;
        }
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
        file.write(question, now);
        file(run, OVER).delete();
        return Decision.NONE;
    }

    private boolean haveRoom(String run, Instant now) {
        try {
            return new QuestionFiles(this).haveRoom(run, now);
        } catch (IOException e) {
            throw ApprovalFile.unusable(folder, e);
        }
    }

    /** Who is asked about all of a run is not asked again about less of it. */
    private static boolean covers(JsonObject asked, AskedContent content) {
        return ApprovalFile.text(asked, CONTENT).equals(content.run().hex())
                && content.part().map(part -> ApprovalFile.text(asked, PART).equals(part.hex())).orElse(true);
    }

    /** All questions of runs that are not over for this node, as far as it knows, the first asked first. */
    public List<Question> questions() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Question> questions = new ArrayList<>();
            for (Path file : files.filter(name -> name.toString().endsWith(ASKED)).collect(Collectors.toList())) {
                question(new ApprovalFile(file)).ifPresent(questions::add);
            }
            questions.sort(Comparator.comparing(Question::asked));
            return questions;
        } catch (IOException e) {
            throw ApprovalFile.unusable(folder, e);
        }
    }

    /** The one about that run; empty if there is none, or the run is over for this node. */
    public Optional<Question> question(String run) {
        return question(file(run, ASKED));
    }

    private static Optional<Question> question(ApprovalFile file) {
        return file.read().map(json -> question(json, file.time()));
    }

    /**
     * That a run about which the node has asked is over for it.
     *
     * @param why  it is, for the owner
     * @param time when the node has refused it for good
     */
    public record Over(String run, String why, Instant time) {}

    /** The run is refused for good: a decision would change nothing any more. */
    void end(String run, String why, Instant now) {
        ApprovalFile asked = file(run, ASKED);
        if (!asked.exists()) {
            return;
        }
        JsonObject over = new JsonObject();
        over.addProperty("run", run);
        over.addProperty(WHY, why);
        file(run, OVER).write(over, now);
        asked.delete();
        try {
            new QuestionFiles(this).forgetOldest(OVER, QuestionFiles.MOST_OVER);
        } catch (IOException e) {
            throw ApprovalFile.unusable(folder, e);
        }
    }

    /** Whether, and why, a run that has asked is over for this node; empty if nothing is known of that. */
    public Optional<Over> over(String run) {
        ApprovalFile file = file(run, OVER);
        return file.read().map(json -> new Over(run, ApprovalFile.text(json, WHY), file.time()));
    }

    private static Question question(JsonObject json, Instant latest) {
        Map<String, String> about = new LinkedHashMap<>();
        if (json.has("about")) {
            json.getAsJsonObject("about").entrySet()
                    .forEach(one -> about.put(one.getKey(), one.getValue().getAsString()));
        } else { // of a version that wrote one sentence
            about.put("asks for", ApprovalFile.text(json, "text"));
        }
        return new Question(ApprovalFile.text(json, "run"), about, Sha256.parse(ApprovalFile.text(json, CONTENT)),
                json.has(PART) ? Optional.of(Sha256.parse(ApprovalFile.text(json, PART))) : Optional.empty(),
                Instant.parse(ApprovalFile.text(json, "time")), latest);
    }

    /** What was decided on the question. */
    public Decision decision(Question question) {
        return decision(question.run(), question.content(), question.part());
    }

    /** No is no to all of a run; yes is yes to what was shown. */
    private Decision decision(String run, Sha256 content, Optional<Sha256> part) {
        Optional<JsonObject> decided = file(run, DECIDED).read()
                .filter(json -> ApprovalFile.text(json, CONTENT).equals(content.hex()));
        Decision decision =
                decided.map(json -> Decision.valueOf(ApprovalFile.text(json, DECISION))).orElse(Decision.NONE);
        boolean isWhole = decision != Decision.APPROVED || !part.isPresent()
                || parts(decided.get()).contains(part.get().hex());
        return isWhole ? decision : Decision.NONE;
    }

    /** Decides on it, from now on. */
    public void decide(Question question, boolean approved, Instant now) {
        ApprovalFile file = file(question.run(), DECIDED);
        SortedSet<String> parts = new TreeSet<>();
        question.part().ifPresent(part -> parts.add(part.hex()));
        file.read().filter(before -> ApprovalFile.text(before, CONTENT).equals(question.content().hex())
                && ApprovalFile.text(before, DECISION).equals(Decision.APPROVED.name()))
                .ifPresent(before -> parts.addAll(parts(before)));
        JsonObject json = new JsonObject();
        json.addProperty("run", question.run());
        json.addProperty(CONTENT, question.content().hex());
        json.addProperty(DECISION, (approved ? Decision.APPROVED : Decision.DENIED).name());
        JsonArray approvedParts = new JsonArray();
        parts.forEach(approvedParts::add);
        json.add(PARTS, approvedParts);
        json.addProperty("time", now.toString());
        file.write(json, now);
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
        return file(run, ASKED).path();
    }

    /** Where the decision on the question in that file would stand. */
    static Path decidedOf(Path asked) {
        String name = String.valueOf(asked.getFileName());
        return asked.resolveSibling(name.substring(0, name.length() - ASKED.length()) + DECIDED);
    }

    /** The question whose decision stands in that file. */
    static Path askedOf(Path decided) {
        String name = String.valueOf(decided.getFileName());
        return decided.resolveSibling(name.substring(0, name.length() - DECIDED.length()) + ASKED);
    }

    /** Runs are called as the coordinator likes, files are not. */
    private ApprovalFile file(String run, String suffix) {
        return new ApprovalFile(folder
                .resolve(Sha256.of(run.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32) + suffix));
    }
}
