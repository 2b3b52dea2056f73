package dev.hansa.client.policy;

import dev.hansa.client.policy.Approvals.Decision;
import dev.hansa.client.policy.Approvals.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the questions to an owner from growing without bound: a coordinator calls runs as it likes, and may ask for any number
 * of them.
 */
record QuestionFiles(Approvals approvals) {
    /** Nobody reads more; further runs are not asked about before some are decided, or asked for no more. */
    static final int MOST_UNDECIDED = 100;
    /** After so long without being asked again a run is taken to be over. */
    static final Duration FORGOTTEN = Duration.ofDays(30);
    static final int MOST_DECIDED = 1000;

    /** Deletes what is over, and says whether there is room to ask about that run; of one that waits there is. */
    boolean haveRoom(String run, Instant now) throws IOException {
        Set<String> decided = new HashSet<>();
        Set<String> undecided = new HashSet<>();
        for (Question question : approvals.questions()) {
            if (approvals.decision(question) != Decision.NONE) {
                decided.add(question.run());
            } else if (question.latest().isBefore(now.minus(FORGOTTEN))) {
                Files.deleteIfExists(approvals.asked(question.run()));
            } else {
                undecided.add(question.run());
            }
        }
        forgetOldest(decided);
        return undecided.contains(run) || undecided.size() < MOST_UNDECIDED;
    }

    /** A decision is forgotten with its question, but for a question that waits for another. */
    private void forgetOldest(Set<String> decided) throws IOException {
        Set<Path> answered = decided.stream().map(approvals::asked).collect(Collectors.toSet());
        for (Path old : oldDecisions()) {
            Files.deleteIfExists(old);
            Path asked = Approvals.askedOf(old);
            if (answered.contains(asked)) {
                Files.deleteIfExists(asked);
            }
        }
    }

    private List<Path> oldDecisions() throws IOException {
        try (Stream<Path> files = Files.list(approvals.folder())) {
            return files.filter(file -> file.toString().endsWith(Approvals.DECIDED))
                    .sorted(Comparator.comparing(QuestionFiles::time).reversed()).skip(MOST_DECIDED)
                    .collect(Collectors.toList());
        }
    }

    private static FileTime time(Path file) {
        return FileTime.fromMillis(file.toFile().lastModified());
    }
}
