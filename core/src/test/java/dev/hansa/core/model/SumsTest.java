package dev.hansa.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SumsTest {

    @Test
    void sumsOfRowsHaveNoProblem() {
        assertThat(Sums.NONE.problem()).isEmpty();
        assertThat(Sums.of(Map.of("examples", 3.0, "loss", 0.5, "label", -2.0)).problem()).isEmpty();
        assertThat(Sums.of(Map.of("examples", 3.0, "correct", 3.0)).problem()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"examples,0", "examples,-5", "examples,2.5", "examples,1e300", "loss,-1e308", "squaredError,-1",
            "absoluteError,-1", "labelSquared,-1", "correct,4", "correct,-1", "label,NaN", "loss,Infinity"})
    void sumsThatNoRowsGiveAreNamed(String name, double value) {
        Map<String, Double> sums = new HashMap<>(Map.of("examples", 3.0));
        sums.put(name, value);
        assertThat(Sums.of(sums).problem()).hasValueSatisfying(problem -> assertThat(problem).contains(name));
    }

    @Test
    void sumsWithoutANumberOfExamplesAreNone() {
        assertThat(Sums.of(Map.of("loss", 1.0)).problem()).isPresent();
    }
}
