package dev.hansa.client.policy;

import dev.hansa.client.policy.Approvals.Decision;
import dev.hansa.client.policy.Approvals.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    /** So many runs that are over for the node are known to be. */
    static final int MOST_OVER = 100;

    /** Deletes what is over, and says whether there is room to ask about that run; of one that waits there is. */
    boolean haveRoom(String run, Instant now) throws IOException {
        boolean waits = approvals.question(run).filter(asked -> approvals.decision(asked) == Decision.NONE).isPresent();
        return waits || !isCrowded(now) && hasRoom(now);
    }

    /**
     * Whether, by the names and times of the files alone, so many wait that there is no room: who has filled it may ask for
     * many more runs, and again and again.
     */
    private boolean isCrowded(Instant now) throws IOException {
        try (Stream<Path> files = Files.list(approvals.folder())) {
            return files.filter(file -> file.toString().endsWith(Approvals.ASKED))
                    .filter(file -> Files.notExists(Approvals.decidedOf(file)))
                    .filter(file -> !new ApprovalFile(file).time().isBefore(now.minus(FORGOTTEN)))
                    .limit(MOST_UNDECIDED).count() == MOST_UNDECIDED;
        }
    }

    private boolean hasRoom(Instant now) throws IOException {
        Set<String> decided = new HashSet<>();
        int undecided = 0;
        for (Question question : approvals.questions()) {
            if (approvals.decision(question) != Decision.NONE) {
                decided.add(question.run());
            } else if (question.latest().isBefore(now.minus(FORGOTTEN))) {
                Files.deleteIfExists(approvals.asked(question.run()));
            } else {
                undecided++;
            }
        }
        forgetDecided(decided);
        return undecided < MOST_UNDECIDED;
    }

    /** A decision is forgotten with its question, but for a question that waits for another. */
    private void forgetDecided(Set<String> decided) throws IOException {
        Set<Path> answered = decided.stream().map(approvals::asked).collect(Collectors.toSet());
        for (Path old : oldest(Approvals.DECIDED, MOST_DECIDED)) {
            Files.deleteIfExists(old);
            Path asked = Approvals.askedOf(old);
            if (answered.contains(asked)) {
                Files.deleteIfExists(asked);
            }
        }
    }

    /** Deletes all but so many of the newest files that end so. */
    void forgetOldest(String suffix, int most) throws IOException {
        for (Path old : oldest(suffix, most)) {
            Files.deleteIfExists(old);
        }
    }

    private List<Path> oldest(String suffix, int after) throws IOException {
        try (Stream<Path> files = Files.list(approvals.folder())) {
            return files.filter(file -> file.toString().endsWith(suffix)).map(ApprovalFile::new)
                    .sorted(Comparator.comparing(ApprovalFile::time).reversed()).skip(after)
                    .map(ApprovalFile::path).collect(Collectors.toList());
        }
    }
}
