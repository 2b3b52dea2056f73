package dev.hansa.spec;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.robust.RobustRule;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A rule of aggregation as it is written: all that a run file has to know of it.
 *
 * @param type of the rules of this form
 * @param read makes the rule of the form's keys
 * @param keys the keys again, such as {@code f: 2}; empty for a rule that has none
 */
record RuleForm<R extends Aggregator>(String name, Form form, Class<R> type, Function<Entries, R> read,
        Function<R, String> keys) {

    static <R extends Aggregator> RuleForm<R> of(String name, Class<R> type, Function<Entries, R> read,
            Function<R, String> keys, Key<?>... own) {
        return new RuleForm<>(name, Form.typed(name, own), type, read, keys);
    }

    /** Of a rule that may be given buckets of updates instead of updates. */
    static <R extends RobustRule> RuleForm<R> robust(String name, Class<R> type, Function<Entries, R> read,
            Function<R, String> keys, Key<?>... own) {
        Key<?>[] all = Arrays.copyOf(own, own.length + 1);
        all[own.length] = AggregateKeys.BUCKET;
        return of(name, type, read, keys, all);
    }

    /** The rule in full, as one line without braces. */
    String text(Aggregator rule) {
        String told = keys.apply(type.cast(rule));
        return "type: " + name + (told.isEmpty() ? "" : ", " + told);
    }
}
