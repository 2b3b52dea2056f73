package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.Approvals.Decision;
import dev.hansa.client.policy.Approvals.Question;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A coordinator may call runs as it likes, and ask for any number of them. */
class ManyQuestionsTest extends GateFixture {

    private Gate asking() {
        return gate(new DataPolicy(List.of(), Optional.empty(), Approval.ASK, Unit.DATA_SET, Required.NOTHING,
                OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Set.of()));
    }

    private long files(String suffix) throws IOException {
        try (Stream<?> files = Files.list(approvals.folder())) {
            return files.filter(file -> file.toString().endsWith(suffix)).count();
        }
    }

    private Decision asked(String run, Instant now) {
        return approvals.of(fit(run, 1), Optional.of(terms(1, 0)), Optional.empty(), now, () -> "nothing");
    }

    private Question question(String run) {
        return approvals.questions().stream().filter(one -> one.run().equals(run)).findFirst().orElseThrow();
    }

    @Test
    void aHundredRunsWaitAndOneMoreIsNotAskedAboutBeforeOneIsDecided() throws IOException {
        Gate gate = asking();
        Terms says = terms(1, 0);
        for (int i = 0; i < 130; i++) {
            assertThat(((Report.Failed) ask(gate, "t", says, fit("run" + i, 1)).get()).postponed()).isTrue();
        }
        assertThat(files(".asked")).isEqualTo(100);
        assertThat(told).last().asString().contains("before one of the 100 runs that wait is decided on");
        approvals.decide(question("run3"), false, NOON);
        assertThat(ask(gate, "t", says, fit("run129", 1))).isPresent();
        assertThat(told).last().isEqualTo("run129 waits for its owner");
        assertThat(ask(gate, "t", says, fit("run128", 1))).isPresent();
        assertThat(told).last().asString().contains("is not asked about it");
        assertThat(ask(gate, "t", terms(2, 0), fit("run4", 1))).as("a run that waits and changes").isPresent();
        assertThat(question("run4").text()).contains("at most 2 rounds");
        assertThat(refusal(ask(gate, "t", says, fit("run3", 1)))).as("decided as before").contains("said no");
    }

    /** Names and times of files tell that there is no room: content that nobody could read is not read. */
    @Test
    void whereAHundredWaitFurtherOnesAreTurnedAwayWithoutReadingTheirQuestions() throws IOException {
        for (int i = 0; i < 100; i++) {
            assertThat(asked("run" + i, NOON)).isEqualTo(Decision.NONE);
        }
        for (int i = 0; i < 100; i++) {
            Path file = approvals.asked("run" + i);
            Files.writeString(file, "unreadable");
            Files.setLastModifiedTime(file, FileTime.from(NOON));
        }
        assertThat(asked("another", NOON)).isEqualTo(Decision.CROWDED);
    }

    @Test
    void ofRunsThatAreOverTheNewestHundredAreKnown() throws IOException {
        for (int i = 0; i < 110; i++) {
            assertThat(asked("run" + i, NOON.plusSeconds(i))).isEqualTo(Decision.NONE);
            approvals.end("run" + i, "it is refused", NOON.plusSeconds(i));
        }
        assertThat(files(".asked")).isZero();
        assertThat(files(".over")).isEqualTo(100);
        assertThat(approvals.over("run9")).isEmpty();
        assertThat(approvals.over("run10")).isPresent();
        approvals.end("nobody", "it was never asked", NOON);
        assertThat(approvals.over("nobody")).isEmpty();
    }

    @Test
    void whatWasNotAskedAgainForAMonthIsForgottenAndDecisionsStay() throws IOException {
        for (String run : List.of("old", "decided", "alive")) {
            assertThat(asked(run, NOON)).isEqualTo(Decision.NONE);
        }
        approvals.decide(question("decided"), true, NOON);
        assertThat(asked("alive", NOON.plus(Duration.ofDays(20)))).isEqualTo(Decision.NONE);
        assertThat(asked("new", NOON.plus(Duration.ofDays(31)))).isEqualTo(Decision.NONE);
        assertThat(approvals.questions()).extracting(Question::run).containsExactlyInAnyOrder("decided", "alive",
                "new");
        assertThat(asked("decided", NOON.plus(Duration.ofDays(400)))).isEqualTo(Decision.APPROVED);
    }

    @Test
    void theOldestOfAThousandDecisionsIsForgotten() throws IOException {
        for (int i = 0; i <= QuestionFiles.MOST_DECIDED; i++) {
            String run =
                    "\"run\": \"run" + i + "\", \"content\": \"" + "ab".repeat(32) + "\", \"time\": \"" + NOON + "\"";
            Path asked = approvals.asked("run" + i);
            Files.writeString(asked, "{" + run + ", \"about\": {}}");
            Path decided = asked.resolveSibling(asked.getFileName().toString().replace(".asked", ".decided"));
            Files.writeString(decided, "{" + run + ", \"decision\": \"DENIED\"}");
            Files.setLastModifiedTime(decided, FileTime.from(NOON.plusSeconds(i)));
        }
        assertThat(asked("another", NOON)).isEqualTo(Decision.NONE);
        assertThat(approvals.asked("run0")).doesNotExist();
        assertThat(approvals.decision(question("run1"))).isEqualTo(Decision.DENIED);
        assertThat(files(".decided")).isEqualTo(QuestionFiles.MOST_DECIDED);
    }
}
