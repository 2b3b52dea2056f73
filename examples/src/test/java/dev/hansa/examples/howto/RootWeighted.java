package dev.hansa.examples.howto;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.Usable;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;

/** A mean in which a client with four times the rows counts twice as much. */
record RootWeighted() implements Aggregator {

    @Override
    public Accumulator start(Layout layout) {
        return new Accumulator() {
            private Parameters sum = Parameters.zeros(layout);
            private Sums sums = Sums.NONE;
            private double weights;
            private int clients;

            @Override
            public void add(ModelUpdate update) {
                double weight = Math.sqrt(update.weight());
                sum = sum.plusTimes(weight, Usable.difference(update, layout)); // throws before anything has changed
                sums = sums.plus(update.sums());
                weights += weight;
                clients++;
            }

            @Override
            public int clients() {
                return clients;
            }

            @Override
            public Aggregate finish() {
                return new Aggregate(sum.times(1 / weights), weights, clients, sums);
            }
        };
    }
}
