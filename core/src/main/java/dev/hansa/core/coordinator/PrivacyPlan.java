package dev.hansa.core.coordinator;

import dev.hansa.core.mechanism.Drawing;
import dev.hansa.core.mechanism.Halves;
import dev.hansa.core.mechanism.PrivateRound;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.Accounting;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.accounting.Calibration;
import dev.hansa.core.privacy.accounting.PrivacyCurve;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.Sampling;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.question.Standardising;
import dev.hansa.core.strategy.ServerState;
import java.util.List;
import java.util.Optional;

/**
 * How a run keeps what its file promises: both halves of the mechanism for each round, and what they cost.
 *
 * @param privacy    that the file asks for
 * @param drawing    of its cohorts
 * @param accounting who says what it costs
 * @param noise      the noise multiplier, in relation to the clip
 * @param halves     of the mechanism
 * @param statistics what nodes are asked for before the first round, by which numbers are standardised; empty if nothing
 * @param rounds     that the budget lasts for, at most as many as the run has
 */
public record PrivacyPlan(Privacy privacy, Drawing drawing, Accounting accounting, double noise, Halves halves,
        Optional<Standardising> statistics, int rounds) {

    /**
     * The plan.
     *
     * @param layout of the model
     * @param rounds the most that the run has
     * @throws IllegalArgumentException if the cohort is drawn in a way that nothing is proven of, δ means nothing for so few
     *                                  nodes, or the budget does not last for one round
     */
    public static PrivacyPlan of(Privacy privacy, Cohort cohort, Layout layout, int rounds) {
        objection(privacy, cohort.nodes()).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        Drawing drawing = PrivateCohort.drawing(privacy.mechanism(), cohort);
        Accounting accounting = privacy.accounting().orElse(tightest(privacy.mechanism(), drawing));
        Optional<Standardising> statistics = PrivateStatistics.of(privacy, drawing, accounting);
        double noise = privacy.noise().orElseGet(() -> new Calibration(accounting.accountant(), drawing.adjacency(),
                privacy.epsilon().getAsDouble(), privacy.delta())
                .noiseMultiplier(tried -> PrivateStatistics.event(statistics, drawing,
                        halves(privacy, tried, drawing, layout, rounds).event(rounds))));
        Halves halves = halves(privacy, noise, drawing, layout, rounds);
        halves.check();
        PrivacyPlan whole = new PrivacyPlan(privacy, drawing, accounting, noise, halves, statistics, rounds);
        return privacy.epsilon().isPresent() ? whole.within(privacy.epsilon().getAsDouble()) : whole;
    }

    /** Why δ means nothing for so many nodes; empty if it does, or if it is about rows, of which each node knows its own. */
    private static Optional<String> objection(Privacy privacy, int nodes) {
        return privacy.mechanism().hidesRows() || privacy.delta() * nodes < 1
                ? Optional.empty()
                : Optional.of("privacy.delta is " + privacy.delta() + ", and there are " + nodes
                        + " nodes: to give away one of them whole would keep such a promise; expected far below "
                        + 1.0 / nodes);
    }

    /**
     * Why the run cannot keep its promise to so many nodes, of which any could be drawn; empty if it can. A file names the
     * fewest, and more may come.
     */
    Optional<String> objection(int nodes) {
        return tooLikely(nodes).map(reason -> reason + "; submit the run again with such a delta, and with"
                + " cohort.nodes: " + nodes + ", so that it is checked before anybody is asked");
    }

    /** Why δ means nothing for just so many nodes; empty if it does. */
    public Optional<String> tooLikely(int nodes) {
        return objection(privacy, nodes);
    }

    /** The tightest accountant that knows it. */
    private static Accounting tightest(Mechanism mechanism, Drawing drawing) {
        return mechanism instanceof Mechanism.Distributed || drawing.sampling() instanceof Sampling.FixedSize
                ? Accounting.RDP
                : Accounting.PLD;
    }

    private static Halves halves(Privacy privacy, double noise, Drawing drawing, Layout layout, int rounds) {
        return Halves.of(privacy, noise, drawing, layout, rounds);
    }

    /** With as many of its rounds as cost no more. */
    private PrivacyPlan within(double epsilon) {
        int affordable = (int) new Calibration(accounting.accountant(), drawing.adjacency(), epsilon, privacy.delta())
                .rounds(rounds, count -> event((int) count));
        if (affordable == 0) {
            throw new IllegalArgumentException("privacy.epsilon is " + epsilon + ", and one round costs " + epsilon(1)
                    + " with a noise multiplier of " + noise + "; expected more noise, or a larger budget");
        }
        return lasting(affordable);
    }

    /** The same for so many rounds. */
    PrivacyPlan lasting(int number) {
        return new PrivacyPlan(privacy, drawing, accounting, noise, halves, statistics, number);
    }

    /** What happens in so many rounds, and before the first. */
    public DpEvent event(int number) {
        return PrivateStatistics.event(statistics, drawing,
                number == 0 ? new Composed(List.of()) : halves.event(number));
    }

    /** What so many rounds cost with all that is told before them, at the δ of the run; nothing if nothing is told. */
    public double epsilon(int number) {
        return number == 0 && !statistics.isPresent() ? 0 : curve(number).epsilon(privacy.delta());
    }

    /** All that holds after so many rounds, at least one if nothing is told before. */
    public PrivacyCurve curve(int number) {
        return accounting.accountant().curve(event(number), drawing.adjacency());
    }

    /**
     * How many updates a round needs, where it would need so many without privacy. Where clients add all of the noise, as
     * many as can be combined: each update is safe by itself, and to ask again would give away as much again. After a draw by
     * coins, none: to draw again for the silence of those who were drawn would make the draw another one than is charged.
     *
     * @param combined the fewest that can be combined; at least 1
     */
    int neededUpdates(int usual, int combined) {
        return privacy.mechanism().protectsFromCoordinator() ? combined : drawing.takesAny() ? 0 : usual;
    }

    /** What nodes have to believe of it: nothing where they add the noise. */
    Optional<Terms.Promise> promise() {
        if (privacy.mechanism() instanceof Mechanism.Correlated && halves.event(rounds) instanceof Gaussian all) {
            return Optional.of(new Terms.Promise(all.noiseMultiplier(), new Chance.Rests(drawing.separation())));
        }
        return privacy.mechanism() instanceof Mechanism.Central
                ? Optional.of(new Terms.Promise(noise, chance(drawing.sampling())))
                : Optional.empty();
    }

    private static Chance chance(Sampling sampling) {
        if (sampling instanceof Sampling.Poisson poisson) {
            return new Chance.Coins(poisson.rate());
        }
        return sampling instanceof Sampling.FixedSize fixed
                ? new Chance.FixedSize(Math.toIntExact(fixed.population()), Math.toIntExact(fixed.cohort()))
                : new Chance.None();
    }

    /** The noise multiplier of what each node adds by itself, if only its share; 0 for nothing. */
    double ownNoise() {
        return halves.ownNoise();
    }

    /** What each node hides of its rows in each step; empty if it hides all of them together. */
    Optional<Terms.Rows> rows() {
        return privacy.mechanism() instanceof Mechanism.Examples rows
                ? Optional.of(new Terms.Rows(noise, rows.sampling(), rows.steps()))
                : Optional.empty();
    }

    /** One attempt at a round. */
    PrivateRound begin(ServerState state, Seed round, RandomBytes secret) {
        return halves.begin(state, round.derive("privacy"), secret);
    }
}
