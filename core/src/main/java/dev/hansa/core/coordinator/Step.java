package dev.hansa.core.coordinator;

/** Where a run stands: before another round, or at its end. */
sealed interface Step {

    /** All rounds so far are in the checkpoint. */
    record Go(Checkpoint checkpoint) implements Step {}

    /** The run is over; {@code event} will be its last. */
    record End(RunEvent event) implements Step {}
}
