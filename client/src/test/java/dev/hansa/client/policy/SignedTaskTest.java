package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.client.Consent;
import dev.hansa.core.protocol.Mandate;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.question.Noise;
import dev.hansa.wire.trust.Author;
import dev.hansa.wire.trust.FileSignature;
import dev.hansa.wire.trust.FileSignature.Kind;
import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.SignedFile;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignedTaskTest extends GateFixture {
    private static final NodeKey ALICE = NodeKey.generate();
    private static final NodeKey MALLORY = NodeKey.generate();
    private static final String FILE = "of run r";

    private final List<String> read = new ArrayList<>();

    /** A file asks for all tasks of the run that it names. */
    private Mandate mandate(Kind kind, String text) {
        read.add(text);
        if (!text.startsWith("of run ")) {
            throw new IllegalArgumentException("line 1: found nonsense");
        }
        return text.endsWith("endless") ? (task, terms) -> {
            throw new ArithmeticException("no noise is enough");
        } : (task, terms) -> task.run().equals(text.substring("of run ".length()))
                ? Optional.empty() : Optional.of("it is of the run " + task.run());
    }

    private Gate gate(NodeKey... signers) {
        Set<Author> authors = Set.of(List.of(signers).stream().map(SignedTaskTest::author).toArray(Author[]::new));
        return new Gate(Consent.TO_ALL,
                Optional.of(new Policy(List.of(), authors, Trust.NOBODY, Optional.empty(), Map.of("rows", free()))),
                ledger,
                approvals, Clock.fixed(NOON, ZoneOffset.UTC), this::mandate, new PolicyListener() {});
    }

    private static Author author(NodeKey key) {
        return new Author(key.publicKey());
    }

    private static SignedFile signed(String file, NodeKey key) {
        return new SignedFile(file, FileSignature.of(Kind.RUN, file, key));
    }

    private static Optional<Report> ask(Gate gate, Task task, SignedFile... file) {
        gate.given("t", Optional.empty(), List.of(file).stream().findFirst());
        return gate.instead(task);
    }

    @Test
    void whoMaySignIsLetInAndStandsInTheLedger() {
        Gate gate = gate(ALICE);
        assertThat(ask(gate, fit("r", 1), signed(FILE, ALICE))).isEmpty();
        gate.leaves("t", UPDATE, content("t"));
        assertThat(records()).singleElement()
                .satisfies(record -> assertThat(record.entry().signer()).contains(author(ALICE).text()));
    }

    @Test
    void whatNobodyOrSomebodyElseHasSignedIsRefusedAndBothAreNamed() {
        Gate gate = gate(ALICE);
        assertThat(refusal(ask(gate, fit("r", 1)))).contains(author(ALICE).text(), "nobody has signed it");
        assertThat(refusal(ask(gate, fit("r", 1), signed(FILE, MALLORY)))).contains(author(ALICE).text(),
                "this is signed by " + author(MALLORY));
        assertThat(read).as("files of others are not even read").isEmpty();
    }

    @Test
    void aSignatureOfAnotherFileOrKindOrByAnotherKeyIsNone() {
        Gate gate = gate(ALICE);
        SignedFile other = new SignedFile(FILE, FileSignature.of(Kind.RUN, FILE + " ", ALICE));
        SignedFile statistics = new SignedFile(FILE, FileSignature.of(Kind.STATISTICS, FILE, ALICE));
        SignedFile claimed = new SignedFile(FILE,
                new FileSignature(author(ALICE), FileSignature.of(Kind.RUN, FILE, MALLORY).signature()));
        for (SignedFile wrong : List.of(other, statistics, claimed)) {
            assertThat(refusal(ask(gate, fit("r", 1), wrong))).contains("the signature is not one of its file");
        }
        assertThat(read).as("nothing is read that nobody stands for").isEmpty();
    }

    @Test
    void aFileOfOneRunIsNoLeaveForTheTasksOfAnother() {
        assertThat(refusal(ask(gate(ALICE), fit("s", 1), signed(FILE, ALICE))))
                .contains("does not belong to the file that " + author(ALICE), "it is of the run s");
    }

    @Test
    void aFileThatCannotBeReadIsRefusedWithTheReason() {
        assertThat(refusal(ask(gate(ALICE), fit("r", 1), signed("nonsense", ALICE)))).contains("found nonsense");
    }

    @Test
    void aRunFileIsReadOnceAndASignatureOfARunIsNoneOfAQuestion() {
        Gate gate = gate(ALICE);
        assertThat(ask(gate, fit("r", 1), signed(FILE, ALICE))).isEmpty();
        assertThat(ask(gate, fit("r", 2), signed(FILE, ALICE))).isEmpty();
        assertThat(read).hasSize(1);
        assertThat(refusal(ask(gate, survey(Noise.NONE), signed(FILE, ALICE)))).contains("not one of its file");
    }

    @Test
    void withoutSignersInThePolicyOrWithoutAPolicyNobodysFileIsRead() {
        Gate free = new Gate(Consent.TO_ALL, Optional.empty(), ledger, approvals, Clock.fixed(NOON, ZoneOffset.UTC),
                this::mandate, new PolicyListener() {});
        for (Gate gate : List.of(gate(), free)) {
            assertThat(ask(gate, fit("r", 1), signed(FILE, ALICE))).isEmpty();
            gate.leaves("t", UPDATE, content("update " + records().size()));
        }
        assertThat(read).isEmpty();
        assertThat(records()).hasSize(2).allSatisfy(record -> assertThat(record.entry().signer()).isEmpty());
    }

    @Test
    void aFileOfWhichNothingCanBeWorkedOutIsRefusedWithTheReason() {
        SignedFile endless = signed("of run endless", ALICE);
        assertThat(refusal(ask(gate(ALICE), fit("endless", 1), endless))).contains("that " + author(ALICE),
                "cannot be worked out: no noise is enough");
    }

    @Test
    void anAnswerThatWasKeptStaysIfItsFileMayNotAskAnyMore() {
        Gate gate = gate(ALICE);
        ask(gate, fit("r", 1), signed(FILE, ALICE));
        gate.leaves("t", UPDATE, content("t"));
        assertThat(gate.passes("t", fit("r", 1), content("t"))).isTrue();
        gate.given("t", Optional.empty(), Optional.empty());
        assertThat(gate.passes("t", fit("r", 1), content("t"))).isFalse();
    }
}
