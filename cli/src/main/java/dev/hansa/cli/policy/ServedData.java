package dev.hansa.cli.policy;

import dev.hansa.cli.promise.Amount;
import dev.hansa.client.data.CsvSource;
import dev.hansa.client.policy.DataPolicy;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.client.policy.Policy;
import dev.hansa.core.FederationException;
import dev.hansa.core.data.DataException;
import dev.hansa.spec.document.Value;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a policy against the data sets that its node serves: what no rule is for would be refused without end, and a delta
 * that suits another number of rows may promise nothing of these.
 *
 * @param sources by name
 */
record ServedData(Map<String, CsvSource> sources) {

    /** Adds what does not fit to the problems of the document. */
    void hold(Policy policy, Value document) {
        Value data = document.at("data");
        policy.objection(sources.keySet()).ifPresent(data::problem);
        for (Value.Entry entry : data.entries()) {
            Optional<DataPolicy> rules = Optional.ofNullable(policy.data().get(entry.name()));
            CsvSource source = sources.get(entry.name());
            if (source == null) {
                entry.key().warning("this node serves no data set of that name; it serves "
                        + String.join(", ", sources.keySet()));
            } else {
                rules.flatMap(DataPolicy::budget).ifPresent(budget -> hold(budget, source, entry));
            }
        }
    }

    private static void hold(Budget budget, CsvSource source, Value.Entry entry) {
        Value delta = entry.value().at("budget.delta");
        try {
            long rows = source.rows();
            if (budget.delta() * rows >= 1) {
                delta.problem("it is " + Amount.written(budget.delta()) + ", and the data set " + entry.name() + " has "
                        + rows
                        + " rows: to give away one of them whole would keep within such a budget. Expected less than "
                        + Amount.written(below(rows)) + " (one by the number of rows), and better a hundredth of that");
            }
        } catch (DataException e) {
            delta.warning("it was not held against the number of rows, which cannot be counted: " + e.detail());
        } catch (FederationException e) {
            delta.warning("it was not held against the number of rows, which cannot be counted: " + e.getMessage());
        }
    }

    /** One by the number, rounded down to two digits. */
    private static double below(long rows) {
        double unit = Math.pow(10, Math.floor(Math.log10(1.0 / rows)) - 1);
        return Double.parseDouble(String.format(Locale.ROOT, "%.1e", Math.floor(1.0 / rows / unit) * unit));
    }
}
