package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.coordinator.select.BySize;
import dev.hansa.core.coordinator.select.Cyclic;
import dev.hansa.core.coordinator.select.Poisson;
import dev.hansa.core.coordinator.select.PowerOfChoice;
import dev.hansa.core.coordinator.select.Separated;
import dev.hansa.spec.document.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code cohort.select} and {@code cohort.separation}. */
class CohortSelectionTest {

    private static CohortSelector read(String cohort) {
        return RunFileTest.read(RunFileTest.SHORTEST + "cohort: {" + cohort + "}\n").cohort().selector();
    }

    @Test
    void eachWayToChooseIsRead() {
        assertThat(read("size: 2")).isEqualTo(new Uniform());
        assertThat(read("select: uniform")).isEqualTo(new Uniform());
        assertThat(read("nodes: 20, select: {type: poisson, rate: 0.25}")).isEqualTo(new Poisson(0.25));
        assertThat(read("nodes: 20, size: 5, select: size")).isEqualTo(new BySize());
        assertThat(read("nodes: 20, size: 5, select: {type: powerOfChoice, candidates: 10}"))
                .isEqualTo(new PowerOfChoice(10));
        assertThat(read("minimumReports: 1, select: cyclic")).isEqualTo(new Cyclic());
        assertThat(read("nodes: 20, size: 5, separation: 3"))
                .isEqualTo(new Separated(new Uniform(), 3));
        assertThat(read("nodes: 20, size: 5, separation: 3, select: size"))
                .isEqualTo(new Separated(new BySize(), 3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "select: {type: poisson, rate: 0.5} | 6:18: cohort.select: a rate of 0.5 draws 1.00 of 2 nodes on average,"
                    + " fewer than the 2 of minimumReports; expected a rate of at least 1.00, or 4 nodes",
            "nodes: 20, size: 5, select: {type: poisson, rate: 0.5} | 6:38: cohort.select: poisson draws as many nodes as"
                    + " chance wants, 10.0 of 20 on average; leave cohort.size out, or take uniform",
            "select: {type: poisson, rate: 0} | 6:40: cohort.select.rate: found \"0\", expected a number above 0, at"
                    + " most 1",
            "select: poisson | 6:18: cohort.select.rate: missing, expected a number above 0, at most 1",
            "select: size | 6:18: cohort.select: without a cohort.size all nodes are asked, large and small ones; set"
                    + " cohort.size, or take uniform",
            "nodes: 9, size: 5, select: {type: powerOfChoice, candidates: 5} | 6:37: cohort.select: of 5 candidates 5 are"
                    + " asked in a round, which leaves no choice; expected at least 6 candidates",
            "select: cyclic | 6:18: cohort.select: cyclic asks one node a round, and a round needs 2 updates; expected"
                    + " minimumReports: 1, which lets each node's update be seen by the next",
            "nodes: 9, size: 3, separation: 3 | 6:41: cohort.separation: to ask 3 nodes a round of whom each sits out the"
                    + " next 3 takes 12 nodes, and cohort.nodes is 9; expected nodes: 12, or separation: 2",
            "separation: 1 | 6:22: cohort.separation: without a cohort.size all nodes take part in each round, and none"
                    + " sits out; with cohort.size: 2 it takes 4 nodes",
            "select: random | 6:18: cohort.select: found \"random\", expected uniform, {type: poisson, rate: …}, size,"
                    + " {type: powerOfChoice, candidates: …} or cyclic"})
    void whatCannotWorkIsRefusedWithTheNearestThatCan(String cohort, String problem) {
        InvalidSpecException thrown = catchThrowableOfType(InvalidSpecException.class, () -> read(cohort));
        assertThat(thrown).as("the cohort is refused").hasMessage("run.yaml:" + problem);
    }
}
