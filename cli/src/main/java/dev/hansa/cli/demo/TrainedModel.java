package dev.hansa.cli.demo;

import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.simulation.LocalFleet;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;

/** A model with the preprocessing that it was trained with. */
record TrainedModel(RunSpec spec, Preprocessing preprocessing, Parameters parameters) {

    /** Trains on the rows of one source, by the same run file: what its owner could do alone. */
    static TrainedModel alone(RunSpec run, DataSource rows) throws InterruptedException {
        RunSpec spec = new RunSpec(run.name(), run.purpose(), run.data(), run.model(), run.strategy(), run.rounds(),
                new Cohort(1, OptionalInt.empty(), 1, run.cohort().deadline()), run.evaluation().every(), run.stop(),
                run.seed());
        MemoryStore store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(Map.of("alone", client(spec, rows)), 1)) {
            RunEvent end = new RunLoop("alone", spec, fleet, store, Clock.systemUTC()).run();
            if (!(end instanceof RunEvent.Finished)) {
                throw new IllegalStateException("training alone ended with " + end);
            }
        }
        Checkpoint checkpoint = store.latest("alone").orElseThrow();
        return new TrainedModel(spec, checkpoint.preprocessing(), checkpoint.state().parameters());
    }

    /** Sums over the held-out rows of the source. */
    Sums evaluate(DataSource rows) throws InterruptedException {
        Report report = client(spec, rows).perform(
                new Task.Evaluate("demo", spec.rounds(), spec.data(), preprocessing, spec.model(), parameters));
        if (report instanceof Report.Evaluated evaluated) {
            return evaluated.sums();
        }
        throw new IllegalStateException("evaluation ended with " + report);
    }

    private static Client client(RunSpec spec, DataSource rows) {
        return new Client(Map.of(spec.data().set(), rows));
    }
}
