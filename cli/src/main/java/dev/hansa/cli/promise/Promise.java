package dev.hansa.cli.promise;

import dev.hansa.cli.live.EpsilonCurve;
import dev.hansa.cli.live.Format;
import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Exempt;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Sampling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run with differential privacy promises, in sentences for those whose data it is and in the numbers behind them.
 *
 * @param run  the run
 * @param plan how it keeps what it promises
 */
public record Promise(RunSpec run, PrivacyPlan plan) {
    /** What a run is called that promises nothing. */
    public static final String NONE = "no differential privacy";

    /** What nothing promises, in a sentence of its own. */
    public static final String NOTHING =
            "The model, and each update on its way to it, may tell of single nodes and rows;"
                    + " nothing bounds how much.";

    /** Of a part of all participants that an option can name. */
    private static final int MOST_DIGITS = 9;

    private static final String SECRET =
            " Neither the report nor metrics.csv tells it; whoever runs the coordinator, or"
                    + " holds an operator's token, sees it and has to keep it.";

    /** What has to be said of a simulation. */
    public static final String SIMULATED =
            "This was a simulation, whose noise comes from its seed: whoever knows that can"
                    + " take the noise off. What is told here holds for the same run over a network.";

    /** Of the run; empty if it promises nothing. */
    public static Optional<Promise> of(RunSpec run) {
        return run.privacy().map(plan -> new Promise(run, plan));
    }

    /** In one line, after so many rounds. */
    public String inShort(double epsilon) {
        return "epsilon " + Amount.epsilon(epsilon) + " with " + terms();
    }

    /** What belongs to an epsilon: {@code delta 1e-5, central, for each node as a whole}. */
    public String terms() {
        return "delta " + Amount.written(delta()) + ", " + mechanism() + ", for " + unit()
                + (hidesRows() ? " of each node" : " as a whole");
    }

    public double delta() {
        return plan.privacy().delta();
    }

    /** Whose data count as one. */
    public String unit() {
        return "each " + one();
    }

    private String one() {
        return hidesRows() ? "row" : "node";
    }

    private boolean hidesRows() {
        return plan.privacy().mechanism().hidesRows();
    }

    /** Who adds the noise, in a word. */
    public String mechanism() {
        return plan.privacy().mechanism().word();
    }

    /** What is done for the promise. */
    public String how() {
        String shortened = "is made no longer than the clip (" + clip() + ")";
        return switch (plan.privacy().mechanism()) {
            case Mechanism.Central central ->
                    "Each update " + shortened + ", by the node and again by the coordinator, which adds Gaussian"
                            + " noise to the sum of a round, anew in each round.";
            case Mechanism.Correlated correlated ->
                    "Each update " + shortened + ", by the node and again by the coordinator, which adds Gaussian"
                            + " noise to the sum of a round, of which later rounds take a part back (DP-FTRL).";
            case Mechanism.Distributed distributed ->
                    "Each update " + shortened + " and turned into whole numbers of " + distributed.bits()
                            + " bits, to which each node adds a part of the noise before it sends them; the coordinator"
                            + " adds them up.";
            case Mechanism.Local local ->
                    "Each update " + shortened + ", and each node adds Gaussian noise to its own, anew in each round,"
                            + " before it sends it.";
            case Mechanism.Examples rows ->
                    "In each of its " + Format.count(rows.steps(), "step")
                            + " a round a node makes the gradient of each"
                            + " row that it draws no longer than the clip (" + clip()
                            + "), and adds Gaussian noise to their"
                            + " sum before the model moves (DP-SGD).";
        };
    }

    private boolean isLocal() {
        return plan.privacy().mechanism() instanceof Mechanism.Local;
    }

    /** From whom it protects, in the middle of a sentence. */
    public String protectsFrom() {
        return plan.privacy().mechanism().protectsFromCoordinator()
                ? "everybody: the coordinator, the other nodes, and whoever gets the model."
                : "whoever gets the model, after the last round or any before it, the other nodes among them.";
    }

    /** From whom it does not, likewise; empty if there is nobody. */
    public Optional<String> notFrom() {
        if (plan.privacy().mechanism().protectsFromCoordinator()) {
            return Optional.empty();
        }
        return Optional.of(plan.privacy().mechanism() instanceof Mechanism.Distributed
                ? "the coordinator: it sees each node's update with no more than that node's part of the noise. Whoever"
                        + " runs it, or breaks into it, has to be trusted, until only the sum can be seen (secure"
                        + " aggregation)."
                : "the coordinator: it sees each node's update before the noise. Whoever runs it, or breaks into it, has"
                        + " to be trusted.");
    }

    /** What one node is compared with. */
    public String adjacency() {
        return switch (plan.drawing().adjacency()) {
            case ADD_OR_REMOVE_ONE -> "add or remove one " + one();
            case ZERO_OUT -> "zero out one " + one();
            case REPLACE_ONE -> "replace one " + one();
        };
    }

    /** What is hidden, of which ε says how well. */
    public String hides() {
        return hidesRows() ? "what a row says, and whether it counted; how many rows a node has may be known"
                : plan.drawing().adjacency() == Adjacency.ADD_OR_REMOVE_ONE
                        ? "that a node took part at all, and so all that its data say"
                        : "what a node's data say, all of them together; that it takes part may be known";
    }

    /** What somebody might believe of a node. */
    private String belief() {
        return hidesRows() ? "a certain row counted"
                : plan.drawing().adjacency() == Adjacency.ADD_OR_REMOVE_ONE
                        ? "a certain node took part"
                        : plan.drawing().adjacency() == Adjacency.ZERO_OUT
                                ? "a certain node's data counted"
                                : "a certain node has these data rather than those";
    }

    /** What that ε bounds, with worked numbers, for people who do not count privacy every day. */
    public List<String> inWords(double epsilon) {
        return List.of(
                "Take somebody who knows everything else: "
                        + (hidesRows() ? "all other rows" : "the data of all other nodes")
                        + ", the run file, and the model"
                        + " of every round. What they can still learn of one " + one()
                        + " is bounded: the odds of anything they believe"
                        + " of its data are multiplied by " + new Odds(epsilon).factor()
                        + " at most (e to the power of epsilon).",
                new Odds(epsilon).worked(belief()),
                "The bound may fail with a probability of " + Amount.written(delta()) + " (delta). "
                        + verdict(epsilon));
    }

    /** How much that is, as the field sees it. */
    private static String verdict(double epsilon) {
        return epsilon <= 1 ? "With an epsilon of 1 or less this is a strong promise."
                : epsilon <= 4 ? "With an epsilon of up to 4 this is a useful promise, though not a strong one."
                        : epsilon <= 10
                                ? "With an epsilon of more than 4 the promise is weak, though attacks that are known do worse than"
                                        + " it allows."
                                : "With an epsilon of more than 10 next to nothing is promised.";
    }

    /** What has to be true of who is asked. */
    public String sampling() {
        if (plan.privacy().mechanism() instanceof Mechanism.Examples rows) {
            return "In each step each row is drawn by a coin of its own, with probability " + rows.sampling()
                    + ", which its node tosses in secret. Each node may be in each round, and everybody may know it.";
        }
        Sampling sampling = plan.drawing().sampling();
        if (sampling instanceof Sampling.Poisson poisson) {
            return "In each round each node is drawn by a coin of its own, with probability " + poisson.rate()
                    + ". The promise counts on it: it holds against those who do not learn who was drawn." + SECRET;
        }
        if (sampling instanceof Sampling.FixedSize fixed) {
            return "In each round " + fixed.cohort() + " of " + fixed.population()
                    + " nodes are drawn, each set as likely as any other. The promise counts on it: it holds against those"
                    + " who do not learn who was drawn." + SECRET;
        }
        int separation = plan.drawing().separation();
        return "No chance is claimed: each node may be in " + (separation > 1
                ? "one of " + separation + " rounds (cohort.separation)"
                : "each round") + ", and everybody may know it.";
    }

    /** The clip as it is used. */
    public String clip() {
        return Format.number(plan.privacy().clip()) + (plan.privacy().adaptive().isPresent() ? " at first" : "");
    }

    public double noise() {
        return plan.noise();
    }

    /**
     * The deviation of the noise of each value, in the units of an update, of the mean update of a round; where rows are hidden
     * in those of a gradient, of the sum of a step's gradients.
     */
    public double deviationOfMean() {
        double clients = plan.drawing().expected();
        double sum = plan.halves().deviation(clients);
        return hidesRows() ? sum : sum / clients;
    }

    /** How long that noise is, in clips: of all values together. */
    public double lengthOfNoise() {
        return deviationOfMean() * Math.sqrt(values()) / plan.privacy().clip();
    }

    private int values() {
        return Learners.of(run.model(), run.data().schema()).layout().size();
    }

    /** How much noise that is. */
    public String strength() {
        Privacy privacy = plan.privacy();
        if (hidesRows()) {
            return "Noise multiplier " + Amount.roundedUp(noise(), 5) + ": a deviation of "
                    + Format.number(noise() * privacy.clip())
                    + " in each value of the sum of a step's gradients, of which"
                    + " there are " + values()
                    + ". A node divides it by the number of rows that it draws on average: the"
                    + " more rows it has, the less noise is left.";
        }
        return "Noise multiplier " + Amount.roundedUp(noise(), 5) + ": a deviation of "
                + Format.number(
                        isLocal() ? noise() * privacy.clip() : plan.halves().deviation(plan.drawing().expected()))
                + " in each value of " + (isLocal() ? "each update" : "the sum") + ", of "
                + Format.number(deviationOfMean()) + " in the mean of "
                + Format.number(plan.drawing().expected()) + " updates. Over all " + values()
                + " values the noise of the mean is " + Format.number(lengthOfNoise())
                + " clips long; no update is longer than one."
                + (privacy.mechanism() instanceof Mechanism.Correlated
                        ? " That is of new noise; what later rounds take back makes the sum of all rounds less noisy."
                        : "");
    }

    /**
     * The options of {@code hansa privacy epsilon} that give the epsilon of all rounds; empty if no options say the same.
     * Their noise multiplier is about how far a sum moves, which is twice the clip where one is replaced; that of a run is about
     * the clip.
     */
    public Optional<String> asOptions() {
        Sampling sampling = plan.drawing().sampling();
        boolean replaced = plan.drawing().adjacency() == Adjacency.REPLACE_ONE;
        double part = sampling instanceof Sampling.Poisson coins ? coins.rate()
                : sampling instanceof Sampling.FixedSize fixed ? (double) fixed.cohort() / fixed.population() : 1;
        if (!(isLocal() || plan.privacy().mechanism() instanceof Mechanism.Central)
                || plan.privacy().statistics().isPresent() || BigDecimal.valueOf(part).scale() > MOST_DIGITS
                || replaced && sampling instanceof Sampling.Poisson) {
            return Optional.empty();
        }
        return Optional.of((sampling instanceof Sampling.Everyone ? "--sampling none"
                : (replaced ? "--sampling fixed --q " : "--sampling poisson --q ") + Amount.written(part)) + " --noise "
                + (replaced ? noise() / 2 : noise()) + " --rounds " + plan.rounds() + " --delta "
                + Amount.written(delta()) + " --accountant " + accountant());
    }

    /** Who says what it costs, in a word. */
    public String accountant() {
        return plan.accounting().name().toLowerCase(Locale.ROOT);
    }

    /** How far the budget goes. */
    public String budget() {
        int rounds = plan.rounds();
        return plan.privacy().epsilon().isPresent()
                ? "The budget is " + Amount.epsilon(plan.privacy().epsilon().getAsDouble()) + ", which "
                        + (rounds < run.rounds() ? "lasts for " + rounds + " of " + Format.count(run.rounds(), "round")
                                + ": the run ends there."
                                : "all " + Format.count(rounds, "round") + " keep within.")
                : "No budget ends the run; it has " + Format.count(rounds, "round") + " at most.";
    }

    /** What anybody may know. */
    public List<String> known() {
        List<String> known = new ArrayList<>(List.of(
                "the run file and all settings in it, which count as chosen without a"
                        + " look at the data",
                "the model of each round, which the promise covers however many see it"));
        if (plan.drawing().adjacency() != Adjacency.ADD_OR_REMOVE_ONE) {
            known.add("which nodes take part, and how many there are");
        }
        return known;
    }

    /** What nodes tell that the promise does not cover. */
    public List<String> unprotected() {
        List<String> told = new ArrayList<>();
        if (plan.privacy().exempt().contains(Exempt.EVALUATION)) {
            told.add("how good the model is on a node's held-out rows: counts and sums after rounds that are"
                    + " measured (privacy.exempt: evaluation)");
        }
        if (run.data().standardise() && plan.statistics().isEmpty()) {
            told.add("count, sum and sum of squares of each number column, once before the first round"
                    + " (privacy.exempt: statistics)");
        }
        told.add("how many rows a node trains on, once before the first round"
                + (hidesRows() ? " and with each update" : "")
                + "; and to the coordinator, when it answers");
        return told;
    }

    /** What a node sends beside an update when it has trained; empty if nothing. */
    public Optional<String> besideUpdate() {
        return hidesRows() ? Optional.of("the number of rows that the node trains on")
                : plan.privacy().adaptive().map(_ -> "one bit: whether it was within the clip");
    }

    /** That rounds count whatever comes, and why; empty if they need as many updates as the file says. */
    public Optional<String> countsAny() {
        if (run.neededUpdates() >= run.cohort().minimumReports()) {
            return Optional.empty();
        }
        return Optional.of("cohort.minimumReports (" + run.cohort().minimumReports() + ") does not hold here: "
                + (run.neededUpdates() == 0
                        ? "nodes are drawn by coins, and a round counts those who answered, if only one or none; to draw"
                                + " again would not be what is charged. The coordinator adds the noise all the same."
                        : "each update is protected by noise of its node's own, and to ask again would give away as much"
                                + " again. So a round counts what comes, if it is "
                                + Format.count(run.neededUpdates(), "update") + " or more."));
    }

    /** What nodes tell of columns before the first round, which is hidden and counted; empty if nothing is. */
    public Optional<HiddenStatistics> statistics() {
        return HiddenStatistics.of(plan);
    }

    /** The course of ε to the last round. */
    public EpsilonCurve curve() {
        return EpsilonCurve.of(plan, plan.rounds());
    }
}
