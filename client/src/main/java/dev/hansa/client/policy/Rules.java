package dev.hansa.client.policy;

import dev.hansa.client.ledger.Ledger;
import dev.hansa.client.ledger.Spending;
import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.Approvals.Decision;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.client.policy.Objection.Effect;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.wire.trust.Author;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds tasks against a policy and a ledger. */
record Rules(Policy policy, Ledger ledger, Approvals approvals, Clock clock) {
    /** So many updates a round a run may have: a round may be tried again. */
    private static final int ATTEMPTS = 2;

    /** What the policy does not allow, whatever was spent; empty if it allows the task. */
    Optional<Objection> forbidden(Task task, Optional<Terms> terms, Standing standing) {
        if (!policy.signers().isEmpty() && !standing.author().filter(policy.signers()::contains).isPresent()) {
            return Objection.run("its owner's policy lets only in what is signed by "
                    + policy.signers().stream().map(Author::text).collect(Collectors.joining(" or ")) + ", and "
                    + standing.author().map(author -> "this is signed by " + author).orElse(standing.problem()));
        }
        DataSpec data = task.data();
        DataPolicy rules = policy.data().get(data.set());
        if (rules == null) {
            return Objection.run("its owner's policy has no rule for the data set " + data.set());
        }
        Set<String> columns = columns(data);
        if (rules.columns().isPresent() && !rules.columns().get().containsAll(columns)) {
            columns.removeAll(rules.columns().get());
            return Objection.run("its owner's policy does not let runs read " + String.join(", ", columns));
        }
        String purpose = terms.map(Terms::purpose).orElse("");
        if (!rules.allowsPurpose(purpose)) {
            return Objection.run("its owner's policy does not allow the purpose "
                    + (purpose.isEmpty() ? "of a run that tells none" : "\"" + purpose + "\""));
        }
        if (rules.rounds().isPresent() && (task.round() > rules.rounds().getAsInt()
                || terms.isPresent() && terms.get().rounds() > rules.rounds().getAsInt())) {
            return Objection.run("its owner's policy allows runs of at most " + rules.rounds().getAsInt() + " rounds");
        }
        if (task instanceof Task.Fit && rules.rounds().isPresent()
                && ledger.updates(task.run(), data.set()) >= ATTEMPTS * rules.rounds().getAsInt()) {
            return Objection.run("its owner's policy allows runs of at most " + rules.rounds().getAsInt()
                    + " rounds, and this has had " + ledger.updates(task.run(), data.set())
                    + " updates: rounds were tried again and again");
        }
        Optional<Objection> weak = new Protections(rules, policy.trust()).objection(task, terms);
        if (weak.isPresent()) {
            return weak;
        }
        Optional<Objection> undecided = undecided(rules, task, terms, standing);
        if (undecided.isPresent()) {
            return undecided;
        }
        return policy.hours().filter(hours -> !hours.contains(clock.instant()))
                .map(hours -> Objection.open("not now: its owner lets tasks be done " + hours.words(), Effect.FOR_NOW));
    }

    private static Set<String> columns(DataSpec data) {
        Set<String> columns = new TreeSet<>();
        data.schema().features().stream().map(Column::name).forEach(columns::add);
        columns.add(data.schema().label().name());
        if (data.holdOut() instanceof HoldOut.Marked marked) {
            columns.add(marked.column());
        }
        return columns;
    }

    private Optional<Objection> undecided(DataPolicy rules, Task task, Optional<Terms> terms,
            Standing standing) {
        if (rules.approval() != Approval.ASK) {
            return Optional.empty();
        }
        Optional<Objection> hopeless = approvals.decided(task, terms, standing.author()) == Decision.NONE
                ? hopeless(rules, task, terms)
                : Optional.empty();
        if (hopeless.isPresent()) {
            return hopeless;
        }
        return switch (approvals.of(task, terms, standing.author(), clock.instant(),
                () -> new Foresight(rules, policy.trust(), ledger).words(task, terms))) {
            case APPROVED -> Optional.empty();
            case CROWDED -> Optional.of(new Objection("its owner is not asked about it before one of the "
                    + QuestionFiles.MOST_UNDECIDED + " runs that wait is decided on ('hansa node ledger' lists them)",
                    "its owner has not decided on this run yet", Effect.FOR_NOW));
            case DENIED -> Objection.run("its owner has said no to this run");
            case NONE -> Optional.of(new Objection(
                    "it waits for its owner to approve or deny it", "its owner has not decided on this run yet",
                    Effect.UNDECIDED));
        };
    }

    /** Nobody is asked to approve what would be refused after a yes. */
    private Optional<Objection> hopeless(DataPolicy rules, Task task, Optional<Terms> terms) {
        return unaffordable(task, terms, Charge.of(task, terms, policy.trust(), rules.exempt()))
                .filter(objection -> objection.effect() == Effect.RUN)
                .map(objection -> new Objection(
                        "it cannot be approved, and its owner is not asked: " + objection.full(),
                        objection.told(), Effect.RUN));
    }

    /** What is spent, or would be; empty if the charge can be paid. */
    Optional<Objection> unaffordable(Task task, Optional<Terms> terms, Charge charge) {
        String set = task.data().set();
        DataPolicy rules = policy.data().get(set);
        if (rules == null) {
            return Optional.empty();
        }
        if (charge.told() == Told.UPDATE && rules.allRounds().isPresent()
                && ledger.updates(set) >= rules.allRounds().getAsInt()) {
            return Objection.run("its owner's policy allows no more rounds on the data set " + set);
        }
        if (!rules.budget().isPresent() || charge.isPaid(task, ledger)) {
            return Optional.empty();
        }
        Budget budget = rules.budget().get();
        Spending spent = ledger.spending(set, rules.unit());
        Spending after = spent.plus(charge.event(rules.unit()));
        if (!(after.epsilon(budget.delta()) <= budget.epsilon())) {
            return Optional.of(exceeded(set, rules, spent, after, charge.event(Unit.ROW),
                    "this answer (" + charge.told().words() + ")",
                    charge.told() == Told.EVALUATION ? Effect.QUESTION : Effect.RUN));
        }
        boolean first = charge.told() != Told.EVALUATION && !(task instanceof Task.Statistics)
                && ledger.updates(task.run(), set) == 0;
        Optional<DpEvent> whole =
                first ? terms.flatMap(say -> foreseen(say, rules.unit(), task.data())) : Optional.empty();
        if (whole.isPresent()) {
            Spending end = (charge.told() == Told.UPDATE ? spent : after).plus(whole.get());
            if (!(end.epsilon(budget.delta()) <= budget.epsilon())) {
                DpEvent ofRow = foreseen(terms.get(), Unit.ROW, task.data()).orElseGet(NonPrivate::new);
                return Optional.of(exceeded(set, rules, spent, end, ofRow,
                        "all of this run, as far as it can be foreseen,", Effect.RUN));
            }
        }
        return Optional.empty();
    }

    /** What is not said is nothing; but noise that hides rows in each step older coordinators do not tell of. */
    private Optional<DpEvent> foreseen(Terms terms, Unit unit, DataSpec data) {
        Optional<DpEvent> said =
                Charge.foreseen(terms, policy.trust(), unit, data, terms.everyRound() ? terms.rounds() : 1);
        return said.isPresent() || unit == Unit.ROW ? said : Optional.of(new NonPrivate());
    }

    /** @param ofRow what a single row would be charged */
    private static Objection exceeded(String set, DataPolicy rules, Spending spent, Spending after, DpEvent ofRow,
            String by, Effect effect) {
        Budget budget = rules.budget().orElseThrow(IllegalStateException::new);
        double end = after.epsilon(budget.delta());
        return new Objection(
                "the budget of the data set " + set + " is epsilon " + Figures.epsilon(budget.epsilon()) + " (delta "
                        + Figures.delta(budget.delta()) + ") for " + rules.unit().words() + ", of which "
                        + Figures.epsilon(spent.epsilon(budget.delta()))
                        + " is spent and " + Figures.left(budget.epsilon(), spent.epsilon(budget.delta()))
                        + " is left; with " + by
                        + " it would be "
                        + (Double.isInfinite(end) ? "without bound, for " + whyBoundless(rules, spent, ofRow)
                                : Figures.epsilon(end)),
                "the privacy budget of its owner's policy for the data set " + set + " does not allow it", effect);
    }

    private static String whyBoundless(DataPolicy rules, Spending spent, DpEvent ofRow) {
        double delta = rules.budget().orElseThrow(IllegalStateException::new).delta();
        if (Double.isInfinite(spent.epsilon(delta))) {
            return "what was told before is";
        }
        return rules.unit() == Unit.DATA_SET && Double.isFinite(Spending.none().plus(ofRow).epsilon(delta))
                ? "its noise hides single rows, and this budget counts all rows together (unit: row in the policy would count"
                        + " a row at a time)"
                : "no noise protects it";
    }
}
