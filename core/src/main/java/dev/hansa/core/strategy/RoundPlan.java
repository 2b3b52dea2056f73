package dev.hansa.core.strategy;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.LocalTraining;

/**
 * What one round asks of its cohort.
 *
 * @param parameters where the clients begin
 * @param training   what they do
 * @param aggregator how their updates are combined
 */
public record RoundPlan(Parameters parameters, LocalTraining training, Aggregator aggregator) {}
