package dev.hansa.client.policy;

import dev.hansa.client.ledger.Ledger;
import dev.hansa.client.ledger.Spending;
import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.client.policy.Objection.Effect;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.protocol.ExamplePrivacy;
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

    /** What the policy does not allow, whatever was spent; empty if it allows the task. */
    Optional<Objection> forbidden(Task task, Optional<Terms> terms, Standing standing) {
        if (!policy.signers().isEmpty() && !standing.author().filter(policy.signers()::contains).isPresent()) {
            return run("its owner's policy lets only in what is signed by "
                    + policy.signers().stream().map(Author::text).collect(Collectors.joining(" or ")) + ", and "
                    + standing.author().map(author -> "this is signed by " + author).orElse(standing.problem()));
        }
        DataSpec data = task.data();
        DataPolicy rules = policy.data().get(data.set());
        if (rules == null) {
            return run("its owner's policy has no rule for the data set " + data.set());
        }
        Set<String> columns = columns(data);
        if (rules.columns().isPresent() && !rules.columns().get().containsAll(columns)) {
            columns.removeAll(rules.columns().get());
            return run("its owner's policy does not let runs read " + String.join(", ", columns));
        }
        String purpose = terms.map(Terms::purpose).orElse("");
        if (!rules.allowsPurpose(purpose)) {
            return run("its owner's policy does not allow the purpose "
                    + (purpose.isEmpty() ? "of a run that tells none" : "\"" + purpose + "\""));
        }
        if (rules.rounds().isPresent() && (task.round() > rules.rounds().getAsInt()
                || terms.isPresent() && terms.get().rounds() > rules.rounds().getAsInt())) {
            return run("its owner's policy allows runs of at most " + rules.rounds().getAsInt() + " rounds");
        }
        Optional<Objection> weak = weakness(rules, task, terms);
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

    private static Optional<Objection> run(String text) {
        return Optional.of(Objection.open(text, Effect.RUN));
    }

    /** Of an update or an answer to a survey, what it is; of other tasks what the run says of its updates. */
    private Optional<Objection> weakness(DataPolicy rules, Task task, Optional<Terms> terms) {
        Required required = rules.required();
        if (required.secureAggregation() && !(task instanceof Task.Statistics)) {
            return run("its owner's policy lets updates leave only where they are added up under encryption"
                    + " (secureAggregation), and no run offers that yet");
        }
        if (required.cohort() > 1 && !terms.filter(say -> say.leastUpdates() >= required.cohort()).isPresent()) {
            return run("its owner's policy wants sums of at least " + required.cohort()
                    + (task instanceof Task.Statistics ? " answers (minimum.nodes)"
                            : " updates (cohort.minimumReports)"));
        }
        double noise = terms.map(say -> Math.max(say.ownNoise(), promised(say))).orElse(0.0);
        if (task instanceof Task.Fit fit) {
            double clip = clip(fit, rules.unit());
            if (clip > required.clip()) {
                return run("its owner's policy wants " + (rules.unit() == Unit.ROW ? "gradients of rows" : "updates")
                        + " clipped to " + required.clip() + " or less, and the task "
                        + (Double.isInfinite(clip) ? "clips none" : "clips to " + clip));
            }
            noise = Charge.ownNoise(fit, rules.unit());
            if (policy.trust() == Trust.EVERYBODY && fit.protection().filter(how -> how.quantised().isPresent())
                    .isPresent()) {
                noise *= Math.sqrt(terms.map(Terms::leastUpdates).orElse(1));
            }
            if (noise == 0 && fit.protection().isPresent()) {
                noise = terms.map(this::promised).orElse(0.0);
            }
        } else if (task instanceof Task.Statistics statistics) {
            noise = Charge.ownNoise(statistics.question().noise(), rules.unit());
        } else if (!terms.isPresent() || noise == 0 && rules.unit() == Unit.ROW) {
            return Optional.empty(); // an older coordinator, or noise in each step: the updates will show
        }
        return noise < required.noise()
                ? run("its owner's policy wants a noise multiplier of at least " + required.noise()
                        + (policy.trust().inCoordinator() ? "" : ", of noise that the node adds itself,")
                        + " and finds " + noise)
                : Optional.empty();
    }

    /** Of the update as a whole or, where rows are to be hidden, of each row's gradient. */
    private static double clip(Task.Fit fit, Unit unit) {
        double whole = fit.protection().map(how -> how.clip()).orElse(Double.POSITIVE_INFINITY);
        return unit == Unit.ROW
                ? Math.min(whole, Charge.hiddenRows(fit).map(ExamplePrivacy::clip).orElse(Double.POSITIVE_INFINITY))
                : whole;
    }

    private double promised(Terms terms) {
        return policy.trust().inCoordinator() ? terms.promise().map(Terms.Promise::noise).orElse(0.0) : 0;
    }

    private Optional<Objection> undecided(DataPolicy rules, Task task, Optional<Terms> terms,
            Standing standing) {
        if (rules.approval() != Approval.ASK) {
            return Optional.empty();
        }
        return switch (approvals.of(task, terms, standing.author(), clock.instant(),
                () -> new Foresight(rules, policy.trust(), ledger).words(task, terms))) {
            case APPROVED -> Optional.empty();
            case DENIED -> run("its owner has said no to this run");
            case NONE -> Optional.of(new Objection(
                    "it waits for its owner to approve or deny it", "its owner has not decided on this run yet",
                    Effect.UNDECIDED));
        };
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
            return run("its owner's policy allows no more rounds on the data set " + set);
        }
        if (!rules.budget().isPresent() || isPaid(task, charge)) {
            return Optional.empty();
        }
        Budget budget = rules.budget().get();
        Spending spent = ledger.spending(set, rules.unit());
        Spending after = spent.plus(charge.event(rules.unit()));
        if (after.epsilon(budget.delta()) > budget.epsilon()) {
            return Optional.of(exceeded(set, rules, spent, after, "this answer (" + charge.told().words() + ")",
                    charge.told() == Told.EVALUATION ? Effect.QUESTION : Effect.RUN));
        }
        boolean first = charge.told() != Told.EVALUATION && !(task instanceof Task.Statistics)
                && !ledger.hasRun(task.run());
        Optional<DpEvent> whole =
                first ? terms.flatMap(say -> foreseen(say, rules.unit(), task.data())) : Optional.empty();
        if (whole.isPresent()) {
            Spending end = (charge.told() == Told.UPDATE ? spent : after).plus(whole.get());
            if (end.epsilon(budget.delta()) > budget.epsilon()) {
                return Optional.of(exceeded(set, rules, spent, end, "all of this run, as far as it can be foreseen",
                        Effect.RUN));
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

    /** Whether the whole run has been charged before. */
    boolean isPaid(Task task, Charge charge) {
        return charge.isOfWholeRun() && ledger.hasCharged(task.run(), charge.event());
    }

    private static Objection exceeded(String set, DataPolicy rules, Spending spent, Spending after, String by,
            Effect effect) {
        Budget budget = rules.budget().orElseThrow(IllegalStateException::new);
        double end = after.epsilon(budget.delta());
        return new Objection(
                "the budget of the data set " + set + " is epsilon " + Figures.epsilon(budget.epsilon()) + " (delta "
                        + Figures.delta(budget.delta()) + ") for " + rules.unit().words() + ", of which "
                        + Figures.epsilon(spent.epsilon(budget.delta()))
                        + " is spent; with " + by
                        + " it would be "
                        + (Double.isInfinite(end) ? "without bound, for no noise protects it" : Figures.epsilon(end)),
                "the privacy budget of its owner's policy for the data set " + set + " does not allow it", effect);
    }
}
