package dev.hansa.spec;

import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.Buffering.Mixing;
import dev.hansa.core.strategy.Staleness;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import java.util.OptionalInt;

/** How updates count as they come, without rounds. */
final class BufferKeys {
    private static final String NONE = "none";
    private static final String BUFFERED = "buffered";
    private static final String ANY = "any";
    private static final String MODELS = "models";

    static final Key<Integer> SIZE = Key.optional("size", Scalars.wholeNumber(1), "10",
            "After how many updates, each of another node, the model makes a step; 1 steps at each.");
    private static final Key<Double> EXPONENT = Key.optional("exponent",
            Scalars.number("a number from 0 to 1", number -> number >= 0 && number <= 1), "0.5",
            "An update that began from a model n steps ago counts (1 + n)^-exponent.");
    private static final Key<Double> SLOPE = Key.optional("slope", ScheduleKeys.POSITIVE, "10.0",
            "Beyond free steps, an update counts 1 / (slope × steps + 1).");
    private static final Key<Integer> FREE =
            Key.optional("free", Scalars.wholeNumber(0), "4", "Up to how many steps an update counts as a fresh one.");
    static final Key<Alternatives.Choice> STALENESS = Key.optional("staleness",
            new Alternatives(Form.word("constant"), Form.typed("polynomial", EXPONENT),
                    Form.typed("hinge", SLOPE, FREE)),
            "polynomial", "How much less an update counts, the more steps the model made since its training began.");
    static final Key<OptionalInt> MOST_STALE = Key.optional("mostStale", Scalars.wholeNumberOr(ANY, 0), ANY,
            "An update that began from an older model than so many steps ago does not count at all.");
    private static final Key<String> MIXES = Key.optional("mixes", Scalars.words("changes", MODELS), "changes",
            "What counts of an update: how it changed the model that it began from, as in FedBuff; or the model that it made,"
                    + " which draws newer ones back to it, as in FedAsync.");

    static final Key<Alternatives.Choice> BUFFER = Key.optional("buffer",
            new Alternatives(Form.word(NONE), Form.typed(BUFFERED, SIZE, STALENESS, MOST_STALE, MIXES)), NONE,
            "Whether updates count as they come: with buffered nobody waits for a round. cohort.size nodes are at work at any time, each asked by itself with the"
                    + " newest model, and when the buffer is full the model makes a step, which is what a round is then.");

    private BufferKeys() {}

    /** The buffer of FedBuff. */
    static Buffering ofChanges(Entries entries) {
        return new Buffering(entries.get(SIZE), staleness(entries), mostStale(entries), Mixing.CHANGES);
    }

    /** The buffer of FedAsync, which is none. */
    static Buffering ofModels(Entries entries) {
        return new Buffering(1, staleness(entries), mostStale(entries), Mixing.MODELS);
    }

    /** Whether the axis asks for a buffer. */
    static boolean isBuffered(Alternatives.Choice buffer) {
        return buffer.form().equals(BUFFERED);
    }

    /** The buffer of an axis that asks for one. */
    static Buffering build(Entries entries) {
        return new Buffering(entries.get(SIZE), staleness(entries), mostStale(entries),
                entries.get(MIXES).equals(MODELS) ? Mixing.MODELS : Mixing.CHANGES);
    }

    private static int mostStale(Entries entries) {
        return entries.get(MOST_STALE).orElse(Buffering.ANY_AGE);
    }

    private static Staleness staleness(Entries entries) {
        Alternatives.Choice choice = entries.get(STALENESS);
        return switch (choice.form()) {
            case "polynomial" -> new Staleness.Polynomial(choice.entries().get(EXPONENT));
            case "hinge" -> new Staleness.Hinge(choice.entries().get(SLOPE), choice.entries().get(FREE));
            default -> new Staleness.Constant();
        };
    }

    /** As it is written. */
    static String text(Buffering buffering) {
        return "{type: " + BUFFERED + ", size: " + buffering.size() + ", staleness: " + text(buffering.staleness())
                + ", mostStale: " + (buffering.most() == Buffering.ANY_AGE ? ANY : String.valueOf(buffering.most()))
                + ", mixes: " + (buffering.mixing() == Mixing.MODELS ? MODELS : "changes") + "}";
    }

    private static String text(Staleness staleness) {
        if (staleness instanceof Staleness.Constant) {
            return "constant";
        } else if (staleness instanceof Staleness.Polynomial polynomial) {
            return "{type: polynomial, exponent: " + polynomial.exponent() + "}";
        } else if (staleness instanceof Staleness.Hinge hinge) {
            return "{type: hinge, slope: " + hinge.slope() + ", free: " + hinge.free() + "}";
        }
        throw new IllegalArgumentException("no run file can name the staleness " + staleness);
    }
}
