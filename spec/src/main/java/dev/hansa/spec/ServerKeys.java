package dev.hansa.spec;

import dev.hansa.core.strategy.Schedule;
import dev.hansa.core.strategy.ServerAdaptive;
import dev.hansa.core.strategy.ServerAdaptive.Rule;
import dev.hansa.core.strategy.ServerNesterov;
import dev.hansa.core.strategy.ServerOptimizer;
import dev.hansa.core.strategy.ServerSgd;
import dev.hansa.spec.ScheduleKeys.Rate;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Type;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** How what became of the updates moves the model. */
final class ServerKeys {
    static final Type<Double> FRACTION =
            Scalars.number("a number from 0 to below 1", number -> number >= 0 && number < 1);

    static final Key<Rate> RATE = Key.optional("rate", ScheduleKeys.rate(false), "1.0", "How far the model moves.");
    static final Key<Double> MOMENTUM = Key.optional("momentum", FRACTION, "0",
            "How much of the last round's movement goes into the next.");
    static final Key<Double> NESTEROV = Key.optional("momentum", FRACTION, "0.9",
            "How much further the model goes the way of its last step.");
    static final Key<Rate> ADAPTIVE_RATE = Key.optional("rate", ScheduleKeys.rate(false), "0.01",
            "How far each parameter moves in a round, about.");
    static final Key<Double> BETA1 =
            Key.optional("beta1", FRACTION, "0.9", "How slowly the mean of the updates follows.");
    static final Key<Double> ADAGRAD_BETA1 =
            Key.optional("beta1", FRACTION, "0", "How slowly the mean of the updates follows; 0 at once.");
    static final Key<Double> BETA2 =
            Key.optional("beta2", FRACTION, "0.99", "How slowly the mean of the squared updates follows.");
    static final Key<Double> TAU = Key.optional("tau", ScheduleKeys.POSITIVE, "0.001",
            "The smaller, the more each parameter has a step size of its own.");
    static final Key<Double> ACCUMULATOR = Key.optional("accumulator",
            Scalars.number("a number of 0 or more", number -> number >= 0), "1.0E-6",
            "What the mean of the squared updates is before the first round.");

    /** Each in one place: its keys, how it is read, and how it is written. */
    private static final List<ServerForm> FORMS = List.of(
            new ServerForm(Form.typed("sgd", RATE, MOMENTUM), ServerSgd.class::isInstance,
                    (keys, rate) -> new ServerSgd(rate, keys.get(MOMENTUM)),
                    server -> text(((ServerSgd) server).rate()) + ", momentum: " + ((ServerSgd) server).momentum()),
            new ServerForm(Form.typed("nesterov", RATE, NESTEROV), ServerNesterov.class::isInstance,
                    (keys, rate) -> new ServerNesterov(rate, keys.get(NESTEROV)),
                    server -> text(((ServerNesterov) server).rate()) + ", momentum: "
                            + ((ServerNesterov) server).momentum()),
            adaptive(Rule.ADAGRAD, ADAPTIVE_RATE, ADAGRAD_BETA1, TAU, ACCUMULATOR),
            adaptive(Rule.ADAM, ADAPTIVE_RATE, BETA1, BETA2, TAU, ACCUMULATOR),
            adaptive(Rule.YOGI, ADAPTIVE_RATE, BETA1, BETA2, TAU, ACCUMULATOR));

    static final Alternatives SERVERS = new Alternatives(FORMS.stream().map(ServerForm::form).toArray(Form[]::new));

    private ServerKeys() {}

    /**
     * An optimiser as it is written.
     *
     * @param read makes it of the form's keys, with that rate
     * @param keys the rate, then the other keys again
     */
    private record ServerForm(Form form, Predicate<ServerOptimizer> isOne,
            BiFunction<Entries, Schedule, ServerOptimizer> read, Function<ServerOptimizer, String> keys) {}

    private static ServerForm adaptive(Rule rule, Key<?>... keys) {
        String name = rule.name().toLowerCase(Locale.ROOT);
        return new ServerForm(Form.typed(name, keys),
                server -> server instanceof ServerAdaptive adaptive && adaptive.rule() == rule,
                (entries, rate) -> new ServerAdaptive(rule, rate, entries.get(BETA1),
                        entries.find(BETA2).orElse(0.0), entries.get(TAU),
                        entries.get(ACCUMULATOR)),
                server -> text((ServerAdaptive) server));
    }

    private static String text(ServerAdaptive adaptive) {
        return text(adaptive.rate()) + ", beta1: " + adaptive.beta1()
                + (adaptive.rule() == Rule.ADAGRAD ? "" : ", beta2: " + adaptive.beta2()) + ", tau: " + adaptive.tau()
                + ", accumulator: " + adaptive.accumulator();
    }

    private static String text(Schedule rate) {
        return "rate: " + ScheduleKeys.text(rate);
    }

    /** The optimiser, in a run of so many rounds. */
    static ServerOptimizer build(Alternatives.Choice choice, int rounds) {
        return FORMS.stream().filter(form -> form.form.name().equals(choice.form())).findFirst()
                .orElseThrow(() -> new AssertionError(choice.form())).read
                .apply(choice.entries(), choice.entries().get(RATE).over(rounds));
    }

    /**
     * The optimiser in full, as one line.
     *
     * @throws IllegalArgumentException if it is none that a run file can name
     */
    static String text(ServerOptimizer optimizer) {
        return FORMS.stream().filter(form -> form.isOne.test(optimizer)).findFirst()
                .map(form -> "{type: " + form.form.name() + ", " + form.keys.apply(optimizer) + "}")
                .orElseThrow(() -> new IllegalArgumentException("no run file can name the optimiser " + optimizer));
    }
}
