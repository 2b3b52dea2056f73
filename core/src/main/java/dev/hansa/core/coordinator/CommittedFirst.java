package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Metrics;

/**
 * The measuring of a model that is committed before any node sees it, as that of each private round is: whose noise nobody
 * can draw again. A process that was killed while nodes measured would otherwise aggregate again, with other noise or other
 * updates, and show a second model of a round that is charged once.
 *
 * <p>What is measured is added to the record of the round as soon as it is known. A process that goes on measures the model
 * that is committed, and so may measure it twice, which tells nothing of it twice.
 */
final class CommittedFirst {
    private final String run;
    private final RunSpec spec;
    private final Store store;
    private final Asker asker;
    private final LastCounted lastCounted;

    CommittedFirst(String run, RunSpec spec, Store store, Asker asker, LastCounted lastCounted) {
        this.run = run;
        this.spec = spec;
        this.store = store;
        this.asker = asker;
        this.lastCounted = lastCounted;
    }

    /** Whether the run's rounds are committed before nodes measure them. */
    static boolean applies(RunSpec spec) {
        return spec.privacy().isPresent() && spec.evaluation().asksNodes();
    }

    /** The same with what nodes measure of its last model, if that is due. */
    Checkpoint complete(Checkpoint committed) throws InterruptedException {
        int round = committed.state().round();
        if (!isDue(committed)) {
            return committed;
        }
        RoundInProgress progress = new RoundInProgress(spec.evaluation().metrics());
        int attempt = asker.asked(round, Phase.EVALUATE).map(Fleet.Asked::attempt).orElse(1);
        new ByNodes(spec, asker).measure(committed.state().parameters(),
                new Fleet.Question(round, Phase.EVALUATE, attempt), new Assignments(run, spec, committed),
                client -> lastCounted.of(committed, client), progress);
        RoundRecord measured = progress.evaluated(committed.history().get(round - 1));
        Checkpoint after = committed.with(measured, asker.refused(), spec.evaluation());
        store.save(run, after, new RunEvent.RoundEvaluated(measured));
        asker.release();
        return after;
    }

    private boolean isDue(Checkpoint committed) {
        int round = committed.state().round();
        return applies(spec) && round > 0 && spec.isEvaluated(round) && committed.closing().asked().isEmpty()
                && committed.history().get(round - 1).clients().values().stream()
                        .allMatch(part -> part.evaluation().equals(Metrics.NONE));
    }
}
