package dev.hansa.client.policy;

import dev.hansa.client.ledger.Ledger;
import dev.hansa.client.ledger.LedgerFile;
import dev.hansa.client.ledger.LedgerRecord;
import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.core.client.Consent;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Promise;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Question;
import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A gate before a ledger of its own, and tasks to hold against it. */
abstract class GateFixture {
    static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", ""), new Column.Number("z", "")),
            new Column.Number("y", ""));
    static final DataSpec DATA = new DataSpec("rows", SCHEMA, new HoldOut.None(), false);
    static final Parameters MODEL = Parameters.zeros(Layout.of(TensorShape.of("w", 2)));
    static final Report UPDATE = new Report.Fitted(new ModelUpdate(MODEL, 1, Sums.NONE));
    static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    static final Protection NOISY = new Protection(1, 8, false);
    static final Budget BUDGET = new Budget(1, 1e-5);

    @TempDir
    Path folder;
    Ledger ledger;
    Approvals approvals;
    final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        ledger = Ledger.open(folder.resolve("ledger.jsonl"), Optional.empty(), told::add);
        approvals = new Approvals(Files.createDirectories(folder.resolve("approvals")));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    // ---- policies

    static DataPolicy free() {
        return new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, Unit.DATA_SET, Required.NOTHING,
                OptionalInt.empty(),
                OptionalInt.empty(), Optional.empty(), Set.of());
    }

    static DataPolicy budget(Told... exempt) {
        return new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, Unit.DATA_SET, Required.NOTHING,
                OptionalInt.empty(),
                OptionalInt.empty(), Optional.of(BUDGET), Set.of(exempt));
    }

    static DataPolicy requiring(Required required) {
        return new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, Unit.DATA_SET, required, OptionalInt.empty(),
                OptionalInt.empty(), Optional.empty(), Set.of());
    }

    Gate gate(DataPolicy rules) {
        return gate(rules, false);
    }

    Gate gate(DataPolicy rules, boolean trusted) {
        return gate(rules, trusted ? Trust.COORDINATOR : Trust.NOBODY);
    }

    Gate gate(DataPolicy rules, Trust trust) {
        return gate(new Policy(List.of(), Set.of(), trust, Optional.empty(), Map.of("rows", rules)));
    }

    Gate gate(Policy policy) {
        return new Gate(Consent.TO_ALL, Optional.of(policy), ledger, approvals,
                Clock.fixed(NOON, ZoneOffset.UTC), SignedFiles.NONE, new PolicyListener() {
                    @Override
                    public void objected(Task task, String reason) {
                        told.add(reason);
                    }

                    @Override
                    public void undecided(Task task) {
                        told.add(task.run() + " waits for its owner");
                    }
                });
    }

    // ---- tasks

    static Task.Fit fit(String run, int round) {
        return new Task.Fit(run, round, DATA, Preprocessing.identity(SCHEMA), new ModelSpec.Linear(), MODEL,
                new LocalTraining(1, 0, 0.1, 0, 0, false), new Seed(1));
    }

    static Task.Evaluate evaluate(String run) {
        return new Task.Evaluate(run, 1, DATA, Preprocessing.identity(SCHEMA), new ModelSpec.Linear(), MODEL);
    }

    /** Of three columns a sum each, and the rows: four releases. */
    static Task.Statistics survey(Noise noise) {
        Asked sum = new Asked.Numbers(0, 1, 1, 0);
        return new Task.Statistics("s", DATA, new Question(List.of(sum, sum, sum), noise));
    }

    static boolean answered(Gate gate, String id, Noise noise) {
        boolean allowed = !ask(gate, id, null, survey(noise)).isPresent();
        if (allowed) {
            gate.leaves(id, new Report.Summed(new long[4]), content(id));
        }
        return allowed;
    }

    static Terms terms(int rounds, double ownNoise, Promise... promise) {
        return new Terms("prices", rounds, true, 2, ownNoise, List.of(promise).stream().findFirst());
    }

    static Optional<Report> ask(Gate gate, String id, Terms terms, Task task) {
        gate.given(id, Optional.ofNullable(terms), Optional.empty());
        return gate.instead(task);
    }

    static Sha256 content(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks, and answers if that is allowed. */
    static boolean done(Gate gate, String id, Terms terms, Task task) {
        boolean allowed = !ask(gate, id, terms, task).isPresent();
        if (allowed) {
            gate.leaves(id, task instanceof Task.Fit ? UPDATE : new Report.Evaluated(Sums.NONE), content(id));
        }
        return allowed;
    }

    List<LedgerRecord> records() {
        List<LedgerRecord> records = new ArrayList<>();
        LedgerFile.read(folder.resolve("ledger.jsonl"), records::add);
        return records;
    }

    static String refusal(Optional<Report> answer) {
        return ((Report.Refused) answer.get()).reason();
    }
}
