package dev.hansa.wire.message;

import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Seed;
import dev.hansa.core.question.Standardising;
import dev.hansa.wire.Limits;
import dev.hansa.wire.proto.Task.Standardise;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is asked so that the numbers of a private run can be standardised, as a message. */
final class StandardisingCodec {
    private StandardisingCodec() {}

    static Standardise encode(Standardising asked, Seed seed) {
        Standardise.Builder message = Standardise.newBuilder().setOfRows(asked.ofRows()).setNoise(asked.noise())
                .setOwn(asked.own()).setSeed(seed.value());
        asked.bounds().forEach((column, bounds) -> message.addBounds(Standardise.Bounds.newBuilder().setColumn(column)
                .setLow(bounds.low()).setHigh(bounds.high())));
        return message.build();
    }

    static Standardising decode(Standardise message, Schema schema) {
        Fields.requireAtMost(Limits.FEATURES + 1, message.getBoundsCount(), "standardise.bounds");
        SortedMap<String, Bounds> bounds = new TreeMap<>();
        for (Standardise.Bounds column : message.getBoundsList()) {
            String name = Fields.line("standardise.bounds", column.getColumn());
            bounds.put(name, Fields.checked("standardise.bounds[" + name + "]",
                    () -> new Bounds(column.getLow(), column.getHigh())));
        }
        return Fields.checked("standardise", () -> {
            Standardising asked =
                    new Standardising(bounds, message.getOfRows(),
                            Fields.size("standardise.noise", message.getNoise()), message.getOwn());
            asked.check(schema);
            return asked;
        });
    }
}
