package dev.hansa.client.policy;

import dev.hansa.client.http.Doorkeeper;
import dev.hansa.client.ledger.Ledger;
import dev.hansa.client.ledger.LedgerEntry;
import dev.hansa.client.ledger.LedgerEntry.PerRow;
import dev.hansa.client.ledger.Spending;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.core.FederationException;
import dev.hansa.core.client.Consent;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.question.Standardising;
import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.Author;
import dev.hansa.wire.trust.SignedFile;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Both sides of a node's door: no task comes in that breaks the word of its run, or that the policy, or what is left of the
 * budget, does not allow; no answer leaves that is not in the ledger.
 *
 * <p>Guarantee: an answer is charged, durably, before the first byte of it leaves. The same answer, sent again, is not
 * charged again, nor are statistics with noise of the node's own that are told again; another answer to the same task, with
 * new noise, is.
 */
public final class Gate implements Consent, Doorkeeper {
    /** For which the ledger states what was spent where no policy says. */
    public static final double USUAL_DELTA = 1e-5;

    private final Consent others;
    private final Optional<Policy> policy;
    private final Ledger ledger;
    private final Approvals approvals;
    private final Clock clock;
    private final Signatures signatures;
    private final PolicyListener listener;
    private String taskId = "";
    private Optional<Terms> terms = Optional.empty();
    private Optional<SignedFile> file = Optional.empty();
    private @Nullable Task task;

    /**
     * @param others what a node refuses whatever its policy is
     * @param policy empty if everything else is allowed
     * @param files  reads what authors have signed
     */
    public Gate(Consent others, Optional<Policy> policy, Ledger ledger, Approvals approvals, Clock clock,
            SignedFiles files, PolicyListener listener) {
        this.others = others;
        this.policy = policy;
        this.ledger = ledger;
        this.approvals = approvals;
        this.clock = clock;
        this.signatures = new Signatures(files, policy.map(Policy::signers).orElse(Set.of()));
        this.listener = listener;
    }

    /** Of each data set whose budget the ledger has exceeded already, that it is so, for its owner. */
    public List<String> exceededBudgets() {
        List<String> exceeded = new ArrayList<>();
        policy.ifPresent(own -> own.data().forEach((set, rules) -> rules.budget().ifPresent(budget -> {
            double spent = ledger.spending(set, rules.unit()).epsilon(budget.delta());
            if (spent > budget.epsilon()) {
                exceeded.add("the budget of the data set " + set + " is exceeded already: it is epsilon "
                        + Figures.epsilon(budget.epsilon()) + " (delta " + Figures.delta(budget.delta()) + ") for "
                        + rules.unit().words() + ", and by this node's ledger " + Figures.epsilon(spent)
                        + " is spent. Whatever would cost more is refused; what is spent stays spent");
            }
        })));
        return exceeded;
    }

    // ---- what comes in

    @Override
    public void given(String id, Optional<Terms> itsTerms, Optional<SignedFile> itsFile) {
        taskId = id;
        terms = itsTerms;
        file = itsFile;
        task = null;
    }

    @Override
    public Optional<String> objection(Task asked) {
        return others.objection(asked);
    }

    @Override
    public Optional<Report> instead(Task asked) {
        Optional<Report> other = others.instead(asked);
        if (other.isPresent()) {
            return other;
        }
        try {
            Optional<Objection> early = unruly(asked);
            Optional<Objection> objection = early.isPresent() ? early : rules().flatMap(rules -> {
                Optional<Objection> forbidden = rules.forbidden(asked, terms, standing(asked));
                return forbidden.isPresent() ? forbidden : rules.unaffordable(asked, terms, charge(asked));
            });
            if (objection.isPresent()) {
                if (objection.get().effect() == Objection.Effect.RUN) {
                    approvals.end(asked.run(), objection.get().full(), clock.instant());
                }
                if (objection.get().effect() == Objection.Effect.UNDECIDED) {
                    listener.undecided(asked);
                } else {
                    listener.objected(asked, objection.get().full());
                }
                return Optional.of(objection.get().report());
            }
        } catch (FederationException e) {
            listener.objected(asked, String.valueOf(e.getMessage()));
            return Optional
                    .of(new Report.Failed("this node cannot read or write its files; its owner's log tells more"));
        } catch (RuntimeException | StackOverflowError e) { // of extreme numbers that a coordinator names
            listener.objected(asked, "what the task would cost cannot be worked out: " + e);
            return Optional.of(new Report.Refused("this node cannot work out what the task would cost"));
        }
        task = asked;
        return Optional.empty();
    }

    /** What no policy is needed for. */
    private Optional<Objection> unruly(Task asked) {
        Optional<Objection> restless = Resting.objection(asked, terms, ledger);
        return restless.isPresent() ? restless : KeptWord.objection(asked, terms);
    }

    private Optional<Rules> rules() {
        return policy.map(own -> new Rules(own, ledger, approvals, clock));
    }

    private Standing standing(Task asked) {
        return signatures.of(asked, terms, file);
    }

    private Charge charge(Task asked) {
        Optional<DataPolicy> rules = dataPolicy(asked);
        return Charge.of(asked, terms, policy.map(Policy::trust).orElse(Trust.NOBODY),
                rules.map(DataPolicy::exempt).orElse(Set.of()));
    }

    private Optional<DataPolicy> dataPolicy(Task asked) {
        return policy.flatMap(own -> Optional.ofNullable(own.data().get(asked.data().set())));
    }

    @Override
    public Detail told(Detail asked, int classes, int rows) {
        return others.told(asked, classes, rows);
    }

    // ---- what leaves

    @Override
    public boolean keepsUpdates() {
        return true;
    }

    @Override
    public boolean passes(String id, Task asked, Sha256 content) {
        return ledger.has(id, content) && !others.instead(asked).isPresent()
                && !KeptWord.objection(asked, terms).isPresent()
                && !rules().flatMap(rules -> rules.forbidden(asked, terms, standing(asked))).isPresent();
    }

    @Override
    public void leaves(String id, Report report, Sha256 content) {
        if (report instanceof Report.Refused || report instanceof Report.Failed || ledger.has(id, content)) {
            return;
        }
        Task answered = task;
        if (answered == null || !id.equals(taskId)) {
            throw new IllegalStateException("the task " + id + " is answered, and was not asked");
        }
        Charge charge = charge(answered);
        if (charge.isPaid(answered, ledger) || isToldAgain(answered, content)) {
            charge = charge.paid();
        }
        append(id, answered, charge, content);
    }

    /**
     * Of numbers with noise of its own a node keeps what it told of a run; drawn anew, they would not be the same. Of counts
     * of chosen rows, which come with them, that says nothing.
     */
    private boolean isToldAgain(Task answered, Sha256 content) {
        return answered instanceof Task.Describe describe && describe.hidden().filter(Standardising::own).isPresent()
                && !Charge.isChosen(answered.data())
                && ledger.hasTold(answered.run(), answered.data().set(), content);
    }

    private void append(String id, Task answered, Charge charge, Sha256 content) {
        double delta = dataPolicy(answered).flatMap(DataPolicy::budget).map(Budget::delta).orElse(USUAL_DELTA);
        String set = answered.data().set();
        Spending all = ledger.spending(set, Unit.DATA_SET).plus(charge.event());
        Spending row = ledger.spending(set, Unit.ROW).plus(charge.row());
        ledger.append(new LedgerEntry(clock.instant(), answered.run(), answered.round(), id, set, charge.told(),
                charge.event(), all.epsilon(delta), delta, content, standing(answered).author().map(Author::text),
                row.equals(all) ? Optional.empty() : Optional.of(new PerRow(charge.row(), row.epsilon(delta))))
                .resting(Resting.separation(terms)).answering(Charge.question(answered)));
    }

    @Override
    public Optional<LedgerHead> head() {
        return ledger.head();
    }

    @Override
    public void known(LedgerHead head) {
        ledger.require(head, "the coordinator");
    }

    @Override
    public void forked() {
        throw ledger.forked("the coordinator");
    }
}
