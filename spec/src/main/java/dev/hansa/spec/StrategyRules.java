package dev.hansa.spec;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Normalization;
import dev.hansa.spec.ScheduleKeys.Rate;
import dev.hansa.spec.document.Alternatives.Choice;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Value;
import dev.hansa.wire.Limits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a strategy cannot do with the training, or the cohort, that a run file asks for. */
final class StrategyRules {
    private final Entries run;
    private final Choice strategy;
    private final Entries training;

    private StrategyRules(Entries run, Choice strategy, Entries training) {
        this.run = run;
        this.strategy = strategy;
        this.training = training;
    }

    /** Adds the problems of the document to it, as far as it could be read. */
    static void check(Entries run) {
        Optional<Entries> training = run.find(RunKeys.TRAINING).filter(Entries::isWhole);
        run.find(RunKeys.STRATEGY).filter(strategy -> strategy.entries().isWhole()).ifPresent(
                strategy -> training.ifPresent(whole -> new StrategyRules(run, strategy, whole).check()));
    }

    private void check() {
        ignored();
        forgetting();
        serverRate();
        momentum();
        memory();
        measured();
        strategy.entries().find(AxisKeys.AGGREGATE).ifPresent(this::rule);
        BufferRules.check(run, strategy);
        if ((isScaffold() || isFedDyn())
                && strategy.entries().find(BufferKeys.BUFFER).filter(BufferKeys::isBuffered).isPresent()) {
            strategy.entries().at(AxisKeys.DRIFT)
                    .problem(drift() + " keeps in step what nodes and coordinator remember,"
                            + " which needs rounds; expected drift: none, or buffer: none");
        }
    }

    /** A rule that withstands bad updates needs enough good ones. */
    private void rule(Choice aggregate) {
        Optional<Entries> cohort = run.find(CohortKeys.COHORT).filter(Entries::isWhole);
        if (!aggregate.entries().isWhole() || !cohort.isPresent()) {
            return;
        }
        EnoughUpdates.check(run, strategy, cohort.get());
        Aggregator rule = AggregateKeys.build(aggregate, 0);
        if (!(rule instanceof WeightedMean) && (isScaffold() || isFedDyn())) {
            strategy.entries().at(AxisKeys.DRIFT).problem(drift() + " keeps the mean of what all nodes report, which "
                    + aggregate.form() + " is not; expected drift: none, or aggregate: mean");
        }
    }

    /** What the strategy sets itself. */
    private void ignored() {
        if (strategy.form().equals("fedsgd")) {
            List<Key<?>> set = List.of(TrainingKeys.EPOCHS, TrainingKeys.STEPS, TrainingKeys.BATCH_SIZE,
                    TrainingKeys.MOMENTUM, TrainingKeys.SHUFFLE);
            set.stream().filter(training::isGiven)
                    .forEach(key -> inTraining(key).problem("with fedsgd each node makes one"
                            + " step with all its rows, so this would be ignored; expected no " + key.name()
                            + ", or strategy: fedavg"));
        }
        Optional<Key<Double>> pull = ownPull();
        if (pull.isPresent() && training.isGiven(TrainingKeys.PROXIMAL_MU)) {
            inTraining(TrainingKeys.PROXIMAL_MU).problem("with " + strategy.form() + " this is strategy."
                    + pull.get().name() + "; expected one of them");
        }
        if (isFedDyn() && !pull.isPresent() && mu() == 0) {
            inTraining(TrainingKeys.PROXIMAL_MU).problem("drift: feddyn takes this for its strength, expected a number"
                    + " greater than 0, such as 0.1");
        }
    }

    private Optional<Key<Double>> ownPull() {
        return switch (strategy.form()) {
            case "fedprox" -> Optional.of(StrategyKeys.MU);
            case "feddyn" -> Optional.of(StrategyKeys.ALPHA);
            default -> Optional.empty();
        };
    }

    private double mu() {
        return ownPull().map(strategy.entries()::get).orElseGet(() -> training.get(TrainingKeys.PROXIMAL_MU));
    }

    private void forgetting() {
        double last = lastRate(training.get(TrainingKeys.RATE), inTraining(TrainingKeys.RATE));
        double most = Math.max(training.get(TrainingKeys.RATE).from(), last);
        double pull = training.get(TrainingKeys.WEIGHT_DECAY) + mu();
        if (most * pull > Limits.FORGETTING) {
            String what = mu() == 0 ? "weightDecay" : "the sum of weightDecay and " + ownPull().map(Key::name)
                    .orElse(TrainingKeys.PROXIMAL_MU.name());
            inTraining(training.get(TrainingKeys.WEIGHT_DECAY) > 0 ? TrainingKeys.WEIGHT_DECAY : TrainingKeys.RATE)
                    .problem("rate times " + what + " is " + most * pull + ", expected at most " + Limits.FORGETTING
                            + ": such steps forget all but the last rows");
        }
    }

    /** Of the server, where it has one. */
    private void serverRate() {
        Entries entries = strategy.entries();
        if (strategy.form().equals(StrategyKeys.COMBINED)) {
            Entries server = entries.get(AxisKeys.SERVER).entries();
            if (server.isWhole()) {
                lastRate(server.get(ServerKeys.RATE), server.at(ServerKeys.RATE));
            }
        } else {
            Key<Rate> key = StrategyKeys.moves(strategy);
            entries.find(key).ifPresent(rate -> lastRate(rate, entries.at(key)));
        }
    }

    /** The rate of the last round; it is a problem if it is none: schedules go up or down, and the first is a number. */
    private double lastRate(Rate rate, Value place) {
        int rounds = run.find(RunKeys.ROUNDS).orElse(1);
        double last = rate.over(rounds).at(rounds);
        if (!(last > 0) || Double.isInfinite(last)) {
            place.problem("in round " + rounds + " the rate would be " + last + ", expected a finite number greater"
                    + " than 0; a factor nearer to 1, or a larger every, may help");
        }
        return last;
    }

    private void momentum() {
        if (training.get(TrainingKeys.MOMENTUM) == 0) {
            return;
        }
        boolean epochs = !training.get(TrainingKeys.STEPS).isPresent();
        boolean oneStep = epochs && !training.get(TrainingKeys.BATCH_SIZE).isPresent()
                && training.get(TrainingKeys.EPOCHS) == 1
                || training.get(TrainingKeys.STEPS).equals(OptionalInt.of(1));
        if (oneStep && !strategy.form().equals("fedsgd")) {
            inTraining(TrainingKeys.MOMENTUM).problem("each node makes one step a round, which has none before it;"
                    + " expected momentum: 0, more epochs or steps, or a smaller batchSize");
        }
        if (isScaffold()) {
            inTraining(TrainingKeys.MOMENTUM)
                    .problem("scaffold corrects gradients and not what momentum makes of them;"
                            + " expected momentum: 0");
        }
    }

    /** Running means and variances are no sum of steps. */
    private void measured() {
        boolean normalized = ModelKeys.find(run)
                .filter(model -> model instanceof ModelSpec.Mlp mlp && mlp.normalization() == Normalization.BATCH)
                .isPresent();
        if (normalized && isFedNova()) {
            run.at(RunKeys.MODEL)
                    .problem("fednova divides all that nodes send by their steps, and the running means and"
                            + " variances of batch normalisation do not grow with steps; expected normalize: none, or strategy:"
                            + " fedavg with training.steps, which has all nodes make equally many");
        }
    }

    /** A correction of which a node remembers its part helps only nodes that are asked again. */
    private void memory() {
        Optional<Entries> cohort = run.find(CohortKeys.COHORT).filter(Entries::isWhole);
        Optional<Integer> rounds = run.find(RunKeys.ROUNDS);
        if (!isScaffold() && !isFedDyn() || !cohort.isPresent() || !rounds.isPresent()) {
            return;
        }
        int nodes = cohort.get().get(CohortKeys.NODES);
        int size = CohortKeys.perRound(cohort.get());
        remembered(cohort.get(), nodes, size);
        if ((double) size * rounds.get() < 2.0 * nodes) {
            int least = (int) Math.ceil(2.0 * nodes / rounds.get());
            String instead =
                    least <= nodes && cohort.get().get(CohortKeys.SIZE).isPresent()
                            ? "expected cohort.size: " + least + " or more, or strategy: fedprox, which needs no"
                                    + " memory"
                            : "expected more rounds, or strategy: fedprox, which needs no memory";
            at(CohortKeys.COHORT, cohort.get(), CohortKeys.SIZE)
                    .problem(drift() + " works by what nodes"
                            + " remember of earlier rounds, and with " + size + " of " + nodes + " nodes in each of "
                            + rounds.get()
                            + " rounds most are asked less than twice; " + instead);
        }
    }

    /** What the coordinator knows of all nodes' memories is to be what they hold. */
    private void remembered(Entries cohort, int nodes, int size) {
        Optional<Integer> clients = run.find(SimulationKeys.SIMULATION)
                .flatMap(simulation -> simulation.find(SimulationKeys.PARTITION))
                .flatMap(partition -> partition.entries().find(SimulationKeys.CLIENTS));
        if (size > nodes) {
            at(CohortKeys.COHORT, cohort, CohortKeys.SIZE)
                    .problem(drift() + " has to know among how many nodes a round is drawn, and the"
                            + " run begins with " + nodes + "; expected "
                            + (clients.filter(all -> all >= size).isPresent()
                                    ? "cohort.nodes: " + clients.get()
                                            + ", as many as simulation.partition has clients, or"
                                            + " as nodes take part"
                                    : "cohort.nodes: as many as nodes take part, " + size + " or more"));
        }
        run.find(RunKeys.COMPRESSION).flatMap(choice -> choice.entries().find(CompressionKeys.TOP_K))
                .filter(topK -> topK < 1 && isScaffold()).ifPresent(topK -> run.at(RunKeys.COMPRESSION)
                        .problem(
                                "of what scaffold sends the control variates are the larger values, so topK would hardly send"
                                        + " the model; expected topK: 1, or another strategy"));
    }

    private Value inTraining(Key<?> key) {
        return at(RunKeys.TRAINING, training, key);
    }

    /** Where the key of the section is, or would be if the section were written. */
    private Value at(Key<Entries> section, Entries entries, Key<?> key) {
        return run.isGiven(section) ? entries.at(key) : run.at(section).child(key.name());
    }

    private boolean isFedNova() {
        return strategy.entries().find(AxisKeys.AGGREGATE).map(Choice::form).orElse(strategy.form())
                .equals(strategy.form().equals("fednova") ? "fednova" : "normalizedMean");
    }

    private boolean isScaffold() {
        return drift().equals("scaffold");
    }

    private boolean isFedDyn() {
        return drift().equals(AxisKeys.FEDDYN);
    }

    private String drift() {
        return strategy.entries().find(AxisKeys.DRIFT).orElse(strategy.form());
    }
}
