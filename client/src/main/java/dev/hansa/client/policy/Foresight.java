package dev.hansa.client.policy;

import dev.hansa.client.ledger.Ledger;
import dev.hansa.client.ledger.Spending;
import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import java.util.List;
import java.util.Optional;

/** What a run would cost an owner, as far as it says, for whoever decides on it. */
record Foresight(DataPolicy rules, Trust trust, Ledger ledger) {

    /** In a sentence; worked out anew each time. */
    String words(Task task, Optional<Terms> terms) {
        try {
            return worked(task, terms);
        } catch (RuntimeException e) { // of extreme numbers that a coordinator names
            return "it cannot be worked out: " + e.getMessage();
        }
    }

    private String worked(Task task, Optional<Terms> terms) {
        Unit unit = rules.unit();
        double delta = rules.budget().map(Budget::delta).orElse(Gate.USUAL_DELTA);
        Optional<DpEvent> cost = cost(task, terms, unit);
        if (!cost.isPresent()) {
            return "it tells of no noise; without any in the steps of its training, no epsilon bounds what it may tell";
        }
        double alone = Spending.none().plus(cost.get()).epsilon(delta);
        String what = Double.isInfinite(alone)
                ? "no epsilon bounds what it may tell of " + unit.words() + ": no noise that this policy counts hides "
                        + (unit == Unit.ROW ? "them" : "these as a whole")
                : "epsilon " + Figures.epsilon(alone) + " (delta " + Figures.delta(delta) + ", for " + unit.words()
                        + ", replace one)"
                        + (isSeldom(task, terms) ? " if it asks this node in each round" : "");
        return what + ofARow(task, terms, alone, delta)
                + rules.budget().map(budget -> "; " + ofBudget(task, terms, budget, unit, cost.get())).orElse("");
    }

    /** Where all rows together are not hidden, each of them may be. */
    private String ofARow(Task task, Optional<Terms> terms, double alone, double delta) {
        if (!Double.isInfinite(alone) || rules.unit() == Unit.ROW) {
            return "";
        }
        double row = cost(task, terms, Unit.ROW).map(event -> Spending.none().plus(event).epsilon(delta))
                .orElse(Double.POSITIVE_INFINITY);
        return Double.isInfinite(row) ? ""
                : "; of " + Unit.ROW.words() + " epsilon " + Figures.epsilon(row) + " (delta " + Figures.delta(delta)
                        + ")";
    }

    private String ofBudget(Task task, Optional<Terms> terms, Budget budget, Unit unit, DpEvent cost) {
        Spending spent = ledger.spending(task.data().set(), unit);
        double after = spent.plus(cost).epsilon(budget.delta());
        String of =
                "of the budget of epsilon " + Figures.epsilon(budget.epsilon()) + " is spent "
                        + Figures.epsilon(spent.epsilon(budget.delta()));
        if (after <= budget.epsilon()) {
            return of + ", and with all of this run " + Figures.epsilon(after);
        }
        return of + ", and the rest does not last for all of this run: "
                + (isSeldom(task, terms) && !Double.isInfinite(after)
                        ? "this node refuses the rounds that it does not pay for"
                        : "this node refuses it, whatever is decided");
    }

    private static boolean isSeldom(Task task, Optional<Terms> terms) {
        return !(task instanceof Task.Statistics) && terms.filter(say -> !say.everyRound()).isPresent();
    }

    /** Of all rounds, and of what is told before them; empty if the run does not say. */
    private Optional<DpEvent> cost(Task task, Optional<Terms> terms, Unit unit) {
        Charge now = Charge.of(task, terms, trust, rules.exempt());
        if (task instanceof Task.Statistics || now.event(unit) instanceof NonPrivate) {
            return Optional.of(now.event(unit));
        }
        Optional<DpEvent> rounds = terms.flatMap(say -> Charge.foreseen(say, trust, unit, task.data(), say.rounds()));
        if (!rounds.isPresent()) {
            return unit == Unit.ROW && !(task instanceof Task.Fit) ? Optional.empty()
                    : Optional.of(new NonPrivate());
        }
        return now.told() == Told.STATISTICS
                ? Optional.of(new Composed(List.of(now.event(unit), rounds.get())))
                : rounds;
    }
}
