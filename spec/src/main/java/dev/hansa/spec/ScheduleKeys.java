package dev.hansa.spec;

import dev.hansa.core.strategy.Schedule;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Either;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Type;
import java.util.Optional;
import java.util.function.IntFunction;

/** Rates, and how they change from round to round. */
final class ScheduleKeys {
    static final Type<Double> POSITIVE = Scalars.number("a number greater than 0", number -> number > 0);

    private static final Key<Double> FROM = Key.required("from", POSITIVE, "0.1", "The rate of the first round.");
    private static final Key<Double> TO = Key.required("to", POSITIVE, "0.001", "The rate of the last round.");
    private static final Key<Integer> EVERY =
            Key.optional("every", Scalars.wholeNumber(1), "1", "After how many rounds it changes.");
    private static final Key<Double> FACTOR = Key.required("factor", POSITIVE, "0.9", "By how much it changes then.");
    private static final Key<Integer> WARM_UP = Key.optional("warmUp", Scalars.wholeNumber(0), "0",
            "Over so many first rounds the rate grows to what it would be.");
    private static final Alternatives SCHEDULES = new Alternatives(Form.typed("constant", FROM, WARM_UP),
            Form.typed("step", FROM, FACTOR, EVERY, WARM_UP), Form.typed("linear", FROM, TO, WARM_UP),
            Form.typed("cosine", FROM, TO, WARM_UP), Form.typed("inverseRoot", FROM, WARM_UP));

    private ScheduleKeys() {}

    /**
     * A rate as it is written: what it is in a run of so many rounds, and its first value.
     *
     * @param from the rate, or that of the first round
     */
    record Rate(double from, IntFunction<Schedule> schedule) {

        /** Of a run of so many rounds. */
        Schedule over(int rounds) {
            return schedule.apply(rounds);
        }
    }

    /**
     * A number, or a schedule.
     *
     * @param explained whether schedules are explained at this key
     */
    static Type<Rate> rate(boolean explained) {
        return new Either<>(POSITIVE, number -> new Rate(number, rounds -> new Schedule.Constant(number)), SCHEDULES,
                ScheduleKeys::build, explained ? "" : "a schedule as for training.rate");
    }

    private static Optional<Rate> build(Alternatives.Choice choice) {
        Entries entries = choice.entries();
        if (!entries.isWhole()) {
            return Optional.empty();
        }
        double from = entries.get(FROM);
        IntFunction<Schedule> plain = switch (choice.form()) {
            case "step" -> {
                Schedule step = new Schedule.Step(from, entries.get(EVERY), entries.get(FACTOR));
                yield rounds -> step;
            }
            case "linear" -> rounds -> new Schedule.Linear(from, entries.get(TO), rounds);
            case "cosine" -> rounds -> new Schedule.Cosine(from, entries.get(TO), rounds);
            case "inverseRoot" -> rounds -> new Schedule.InverseRoot(from);
            default -> rounds -> new Schedule.Constant(from);
        };
        int warmUp = entries.get(WARM_UP);
        return Optional.of(new Rate(from,
                warmUp == 0 ? plain : rounds -> new Schedule.WarmUp(warmUp, plain.apply(rounds))));
    }

    /**
     * The rate as it is written.
     *
     * @throws IllegalArgumentException if it is none that a run file can name
     */
    static String text(Schedule schedule) {
        return schedule instanceof Schedule.Constant constant
                ? String.valueOf(constant.rate())
                : "{" + keys(schedule) + "}";
    }

    private static String keys(Schedule schedule) {
        if (schedule instanceof Schedule.WarmUp warmUp) {
            return keys(warmUp.then()) + ", warmUp: " + warmUp.rounds();
        } else if (schedule instanceof Schedule.Step step) {
            return "type: step, from: " + step.from() + ", factor: " + step.factor() + ", every: " + step.every();
        } else if (schedule instanceof Schedule.Linear linear) {
            return "type: linear, from: " + linear.from() + ", to: " + linear.to();
        } else if (schedule instanceof Schedule.Cosine cosine) {
            return "type: cosine, from: " + cosine.from() + ", to: " + cosine.to();
        } else if (schedule instanceof Schedule.InverseRoot root) {
            return "type: inverseRoot, from: " + root.from();
        } else if (schedule instanceof Schedule.Constant constant) {
            return "type: constant, from: " + constant.rate();
        }
        throw new IllegalArgumentException("no run file can name the schedule " + schedule);
    }
}
