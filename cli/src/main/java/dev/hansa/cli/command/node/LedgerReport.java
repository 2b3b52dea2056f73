package dev.hansa.cli.command.node;

import dev.hansa.cli.command.node.LedgerBook.Account;
import dev.hansa.cli.io.TextTable;
import dev.hansa.cli.io.Times;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.promise.Amount;
import dev.hansa.client.ledger.LedgerEntry;
import dev.hansa.client.ledger.LedgerRecord;
import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.client.policy.Policy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A ledger that was verified, as it is shown. */
record LedgerReport(LedgerBook book, Optional<Policy> policy, Map<String, Integer> lasts) {
    private static final String OF_ALL = "EPSILON, ALL ROWS";
    private static final String OF_A_ROW = "EPSILON, A ROW";
    private static final String NOT_HIDDEN = "not hidden";
    private static final String EXCEEDED = "exceeded";

    /** Works out what takes a while. */
    static LedgerReport of(LedgerBook book, Optional<Policy> policy) {
        Map<String, Integer> lasts = new TreeMap<>();
        LedgerReport report = new LedgerReport(book, policy, lasts);
        book.sets().forEach((name, account) -> report.budget(name)
                .ifPresent(budget -> account.lastsFor(budget.epsilon(), budget.delta(), report.unit(name))
                        .ifPresent(more -> lasts.put(name, more))));
        return report;
    }

    /**
     * For people.
     *
     * @param all what shows all records, to be typed
     */
    List<String> lines(String all) {
        List<String> lines = new ArrayList<>();
        if (book.sets().isEmpty()) {
            return lines;
        }
        TextTable sets =
                new TextTable("DATA SET", "RUN", "UPDATES", "STATISTICS", "EVALUATIONS", OF_ALL, OF_A_ROW, "DELTA",
                        "BUDGET", "LEFT", "LATEST");
        book.sets().forEach((name, account) -> {
            Optional<Budget> budget = budget(name);
            double delta = delta(name, account);
            double epsilon = account.epsilon(delta, unit(name));
            row(sets, name, "all", account, delta, budget.map(most -> shown(most.epsilon())).orElse("–"),
                    budget.map(most -> left(most, epsilon)).orElse("–"));
            account.runs().forEach((run, part) -> row(sets, name, run, part, delta, "", ""));
        });
        lines.addAll(sets.lines());
        lines.addAll(lasting());
        lines.addAll(exceeded());
        lines.addAll(LedgerNotes.of(book));
        lines.addAll(signed());
        if (book.last().size() < book.records()) {
            lines.add("the last " + book.last().size() + " of " + book.records() + " records ('" + all
                    + "' shows all of them):");
        }
        TextTable last =
                new TextTable("RECORD", "TIME", "RUN", "ROUND", "DATA SET", "TOLD", OF_ALL, OF_A_ROW);
        for (LedgerRecord record : book.last()) {
            LedgerEntry entry = record.entry();
            last.row(record.sequence(), Times.of(entry.time()), entry.run(), entry.round(), entry.dataSet(),
                    entry.told().words(), shown(entry.epsilon()), shown(entry.epsilon(Unit.ROW)));
        }
        lines.addAll(last.lines());
        return lines;
    }

    /** How much more of the same the budgets last for. */
    private List<String> lasting() {
        List<String> lines = new ArrayList<>();
        book.sets().forEach((name, account) -> Optional.ofNullable(lasts.get(name)).ifPresent(more -> {
            String what = account.paysForRuns() ? "run" : "update";
            lines.add(name + ": what is left of the budget, which counts " + unit(name).words() + ", lasts for "
                    + (more == Account.MANY ? Account.MANY + " more " + what + "s or more"
                            : more == 0 ? "no more " + what : Format.count(more, "more " + what))
                    + " like the last one");
        }));
        return lines;
    }

    /** Whose budget did not last for what was told. */
    private List<String> exceeded() {
        List<String> lines = new ArrayList<>();
        book.sets().forEach((name, account) -> budget(name).ifPresent(most -> {
            double spent = account.epsilon(most.delta(), unit(name));
            if (spent > most.epsilon()) {
                lines.add(name + ": the budget is exceeded: " + (Double.isInfinite(spent)
                        ? "something that no noise hides was told"
                        : "epsilon " + shown(spent) + " is spent of " + Amount.written(most.epsilon()))
                        + ", counted for " + unit(name).words()
                        + ". Under this policy whatever would cost more is refused; what is spent stays spent");
            }
        }));
        return lines;
    }

    /** Who stood for which run. */
    private List<String> signed() {
        Map<String, Set<String>> signers = new TreeMap<>();
        book.sets().values().forEach(account -> account.runs()
                .forEach((run, part) -> signers.computeIfAbsent(run, name -> new TreeSet<>()).addAll(part.signers())));
        return signers.entrySet().stream().filter(run -> !run.getValue().isEmpty())
                .map(run -> run.getKey() + " was signed by " + String.join(", ", run.getValue())).toList();
    }

    private static void row(TextTable table, String set, String run, Account account, double delta, String budget,
            String left) {
        table.row(set, run, account.count(Told.UPDATE), account.count(Told.STATISTICS) + account.count(Told.ROWS),
                account.count(Told.EVALUATION), shown(account.epsilon(delta, Unit.DATA_SET)),
                shown(account.epsilon(delta, Unit.ROW)), Amount.written(delta), budget, left,
                Times.of(account.latest()));
    }

    private Optional<Budget> budget(String set) {
        return policy.flatMap(rules -> Optional.ofNullable(rules.data().get(set))).flatMap(DataPolicy::budget);
    }

    private Unit unit(String set) {
        return policy.flatMap(rules -> Optional.ofNullable(rules.data().get(set))).map(DataPolicy::unit)
                .orElse(Unit.DATA_SET);
    }

    private double delta(String set, Account account) {
        return budget(set).map(Budget::delta).orElse(account.delta());
    }

    private static String left(Budget most, double epsilon) {
        return epsilon > most.epsilon() ? EXCEEDED
                : BigDecimal.valueOf(Math.max(0, most.epsilon() - epsilon)).setScale(4, RoundingMode.FLOOR)
                        .toPlainString();
    }

    /** Rounded up. */
    private static String shown(double epsilon) {
        return Double.isInfinite(epsilon) ? NOT_HIDDEN
                : BigDecimal.valueOf(epsilon).setScale(4, RoundingMode.CEILING).toPlainString();
    }

    /** For machines; an epsilon without bound is null. */
    Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("valid", true);
        object.put("records", book.records());
        object.put("hash", book.head().map(head -> head.hash().hex()).orElse(null));
        Map<String, Object> sets = new LinkedHashMap<>();
        book.sets().forEach((name, account) -> sets.put(name, set(name, account)));
        object.put("dataSets", sets);
        object.put("last", book.last().stream().map(LedgerReport::record).toList());
        return object;
    }

    private Map<String, Object> set(String name, Account account) {
        double delta = delta(name, account);
        Map<String, Object> object = account(account, delta);
        Optional<Budget> budget = budget(name);
        double epsilon = account.epsilon(delta, unit(name));
        object.put("unit", unit(name) == Unit.ROW ? "row" : "dataSet");
        object.put("adjacency", "replace one");
        object.put("budget", budget.map(Budget::epsilon).orElse(null));
        object.put("left", budget.map(most -> Math.max(0, most.epsilon() - epsilon)).orElse(null));
        object.put("exceeded", budget.map(most -> epsilon > most.epsilon()).orElse(null));
        object.put("lastsFor", lasts.get(name));
        Map<String, Object> runs = new LinkedHashMap<>();
        account.runs().forEach((run, part) -> {
            Map<String, Object> told = account(part, delta);
            told.put("signers", part.signers());
            runs.put(run, told);
        });
        object.put("runs", runs);
        return object;
    }

    private static Map<String, Object> account(Account account, double delta) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("updates", account.count(Told.UPDATE));
        object.put("statistics", account.count(Told.STATISTICS));
        object.put("rows", account.count(Told.ROWS));
        object.put("evaluations", account.count(Told.EVALUATION));
        object.put("epsilon", bounded(account.epsilon(delta, Unit.DATA_SET)));
        object.put("rowEpsilon", bounded(account.epsilon(delta, Unit.ROW)));
        object.put("delta", delta);
        object.put("latest", account.latest().toString());
        return object;
    }

    private static Map<String, Object> record(LedgerRecord record) {
        LedgerEntry entry = record.entry();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("sequence", record.sequence());
        object.put("time", entry.time().toString());
        object.put("run", entry.run());
        object.put("round", entry.round());
        object.put("task", entry.task());
        object.put("dataSet", entry.dataSet());
        object.put("told", entry.told().name().toLowerCase(Locale.ROOT));
        object.put("epsilon", bounded(entry.epsilon()));
        object.put("rowEpsilon", bounded(entry.epsilon(Unit.ROW)));
        object.put("signer", entry.signer().orElse(null));
        object.put("hash", record.hash().hex());
        return object;
    }

    private static @Nullable Double bounded(double epsilon) {
        return Double.isInfinite(epsilon) ? null : epsilon;
    }
}
