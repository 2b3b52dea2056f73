package dev.hansa.client.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FewSampledTest {
    private static final double DELTA = 1e-5;

    private static DpEvent coins(double noise, double rate) {
        return new PoissonSampled(rate, new Gaussian(noise));
    }

    private static DpEvent fixed(long population, long cohort, double noise) {
        return new FixedSizeSampled(population, cohort, new Gaussian(noise));
    }

    /** So many of the kind, of which the first is number 0. */
    private static List<DpEvent> some(int count, IntFunction<DpEvent> kind) {
        List<DpEvent> known = new ArrayList<>();
        IntStream.range(0, count).mapToObj(kind).forEach(known::add);
        return known;
    }

    private static List<DpEvent> known(int count) {
        return some(count, i -> coins(1 + i, 0.1));
    }

    @Test
    void theFirstCountAsTheyAre() {
        DpEvent odd = coins(1.23456, 0.0123456);

        assertThat(FewSampled.of(odd, known(FewSampled.AS_THEY_ARE - 1))).isEqualTo(odd);
    }

    @Test
    void othersAreRoundedToTheSafeSide() {
        List<DpEvent> known = known(FewSampled.AS_THEY_ARE);

        assertThat(FewSampled.of(coins(1.23456, 0.0123456), known)).isEqualTo(coins(1.23, 0.0124));
        assertThat(FewSampled.of(coins(1.1, 0.01), known)).isEqualTo(coins(1.1, 0.01));
        assertThat(FewSampled.of(coins(2, 0.9999), known)).isEqualTo(new Gaussian(2));
        assertThat(FewSampled.of(fixed(Integer.MAX_VALUE, 1, 2.5), known))
                .isEqualTo(fixed(1_000_000_000_000L, 466, 2.5));
        assertThat(FewSampled.of(fixed(3, 2, 2.5), known)).isEqualTo(fixed(1000, 667, 2.5));
        assertThat(FewSampled.of(new Gaussian(1.23456), known)).isEqualTo(new Gaussian(1.23456));
    }

    @Test
    void ofManyOneCountsAsTheCheapestThatTellsMore() {
        List<DpEvent> known = known(FewSampled.MOST);

        assertThat(FewSampled.of(coins(7.5, 0.05), known)).isEqualTo(coins(7, 0.1));
        assertThat(FewSampled.of(coins(7.5, 0.2), known)).isEqualTo(new Gaussian(7.5));
        assertThat(FewSampled.of(fixed(100, 5, 7.5), known)).isEqualTo(new Gaussian(7.5));
        assertThat(FewSampled.of(coins(7, 0.1), known)).isEqualTo(coins(7, 0.1));
    }

    /** Each for next to nothing, and each takes an accountant a second: two hundred of them took minutes. */
    @Test
    void cheapEventsThatDifferDoNotPileUp() {
        Spending spending = Spending.none();
        for (int i = 0; i < 200; i++) {
            spending = spending.plus(coins(0.125 * (1 + i * 1e-6), 1e-6));
        }
        DpEvent alike = new SelfComposed(coins(0.125, 1e-6), 200);
        double exact = new PldAccountant().curve(alike, Adjacency.REPLACE_ONE).epsilon(DELTA);

        assertThat(spending.epsilon(DELTA)).isCloseTo(exact, withinPercentage(1));
    }

    /** As expensive as they come: each is as far from the others as keeps it from being rounded to them. */
    @Test
    void theMostThatAreToldApartAreCounted() {
        Spending spending = Spending.none();
        for (int i = 0; i < 100; i++) {
            spending = spending.plus(coins(0.125 * (1 + i * 0.01), 1e-6));
        }
        DpEvent less = new SelfComposed(coins(0.125 * 2, 1e-6), 100);
        double exact = new PldAccountant().curve(less, Adjacency.REPLACE_ONE).epsilon(DELTA);

        assertThat(spending.epsilon(DELTA)).isBetween(exact, 1.0);
    }

    @Test
    void cohortsOfFixedSizeDoNotPileUpEither() {
        Spending spending = Spending.none();
        for (int i = 0; i < 100; i++) {
            spending = spending.plus(fixed(1_000_000, 1, 0.5 * (1 + i * 0.01)));
        }
        assertThat(spending.epsilon(DELTA)).isPositive().isFinite();
    }

    @Test
    void whateverIsToldNoLessIsChargedAndFewAreToldApart() {
        Random random = new Random(7);
        List<DpEvent> known = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            double noise = Math.exp(3 * random.nextGaussian());
            double rate = Math.exp(-12 * random.nextDouble());
            DpEvent told = random.nextBoolean() ? coins(noise, rate)
                    : fixed(1_000_000, (long) Math.ceil(1e6 * rate), noise);
            DpEvent charged = FewSampled.of(told, known);

            assertThat(noise(charged)).isLessThanOrEqualTo(noise(told));
            assertThat(rate(charged)).isGreaterThanOrEqualTo(rate(told));
            if (!known.contains(charged)) {
                known.add(charged);
            }
        }
        assertThat(known.stream().filter(event -> !(event instanceof Gaussian))).hasSize(FewSampled.MOST);
    }

    private static double noise(DpEvent event) {
        return event instanceof PoissonSampled coins ? noise(coins.event())
                : event instanceof FixedSizeSampled fixed ? noise(fixed.event())
                        : ((Gaussian) event).noiseMultiplier();
    }

    private static double rate(DpEvent event) {
        return event instanceof PoissonSampled coins ? coins.rate()
                : event instanceof FixedSizeSampled fixed ? fixed.rate() : 1;
    }

    @Test
    void whatManyHonestRunsCostIsHardlyMore() {
        List<DpEvent> events = some(12, i -> new SelfComposed(coins(1.0123 + 0.1 * i, 0.0101 + 0.001 * i), 100));
        Spending spending = Spending.none();
        for (DpEvent event : events) {
            spending = spending.plus(event);
        }
        double exact = new PldAccountant().curve(new Composed(events), Adjacency.REPLACE_ONE).epsilon(DELTA);

        assertThat(spending.epsilon(DELTA)).isCloseTo(exact, withinPercentage(1)).isGreaterThanOrEqualTo(exact);
    }
}
