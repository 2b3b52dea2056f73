package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.spec.document.InvalidSpecException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run file with other values, and one file beside another. */
class ChangedRunFileTest {
    private static final String RUN = """
            hansa: 1   # the format
            name: lines
            purpose: "see: [what] \\"this\\" gives, \\n and more"
            data:
              features: {"a: b": {type: category, values: ["0", 01, 'yes no']}, RM: number}
              label: y
              holdOut: {every: 4}
            model: linear
            training: {rate: {type: step, from: 0.1, factor: 0.5}}
            strategy: fedprox
            rounds: 30
            """;

    private static RunFile file() {
        return RunFile.parse(RUN, "run.yaml");
    }

    @Test
    void whatIsNotChangedReadsTheSame() {
        RunFile changed = file().with(Map.of("seed", "42"), "changed");
        assertThat(changed.spec()).isEqualTo(file().spec());
        assertThat(changed.text()).doesNotContain("#").contains("every: 4\n", "seed: 42\n");
        assertThat(changed.with(Map.of("seed", "42"), "again").text()).isEqualTo(changed.text());
    }

    @Test
    void withoutAChangeItStaysToTheLetter() {
        assertThat(file().with(Map.of(), "same").text()).isEqualTo(RUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "- a", "---", "...", "~", "a: b", "a #b", "#", "{}", "[", "é", " tab", " ", "null",
            "a, b", "!tag", "&a", "*a", "%x", "@x", "'", "\"", "\\"})
    void anyNameOfAColumnStaysWhatItIs(String name) {
        RunFile odd = RunFile.parse(RUN.replace("label: y",
                "label: \"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "x\""), "odd");
        assertThat(odd.with(Map.of("seed", "1"), "changed").spec().data()).isEqualTo(odd.spec().data());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"strategy.mu; 0.5; strategy: {type: fedprox, mu: 0.5}",
            "strategy; fedavg; strategy: fedavg", "cohort.size; 3; 'cohort: {size: 3}'",
            "training.rate; 0.2; 'training: {rate: 0.2}'",
            "simulation.partition; '{type: iid, clients: 3}'; 'simulation: {partition: {type: iid, clients: 3}}'"})
    void aKeyIsChangedWhereverItStands(String path, String value, String written) {
        String key = path.replaceFirst("\\..*", "");
        String byHand = RUN.replaceAll("(?m)^" + key + ": .*\n", "") + written + "\n";
        RunFile changed = file().with(Map.of(path, value), "changed");
        assertThat(changed.spec()).isEqualTo(RunFile.parse(byHand, "by hand").spec());
        assertThat(changed.simulation()).isEqualTo(RunFile.parse(byHand, "by hand").simulation());
    }

    @Test
    void whatTheSpecRefusesIsRefused() {
        assertThatThrownBy(() -> file().with(Map.of("training.rate", "fast"), "changed"))
                .isInstanceOf(InvalidSpecException.class).hasMessageContaining("training.rate: found \"fast\"");
    }

    @Test
    void settingsNameEveryKeyWithItsDefault() {
        Map<String, String> settings = file().settings();
        assertThat(settings).containsEntry("seed", "42").containsEntry("strategy", "fedprox")
                .containsEntry("strategy.mu", "0.1").containsEntry("training.rate", "step")
                .containsEntry("training.rate.factor", "0.5").containsEntry("cohort.nodes", "2")
                .containsEntry("data.holdOut.every", "4").containsEntry("simulation.devices", "none")
                .doesNotContainKey("strategy.type");
        Map<String, String> spelled = new LinkedHashMap<>(RunFile
                .parse(RUN.replace("strategy: fedprox", "strategy: {mu: 0.1, type: fedprox}\nseed: 42"), "s")
                .settings());
        assertThat(spelled).isEqualTo(settings);
    }

    @Test
    void settingsAreKeysThatCanBeChanged() {
        assertThat(RunFileReference.keys()).containsAll(file().settings().keySet())
                .containsAll(List.of("strategy.serverRate.from", "simulation.partition.alpha", "model.hidden"));
    }

    @ParameterizedTest
    @CsvSource({"trainng.rate, training.rate", "optimizer.rate, training.rate", "cohort.sise, cohort.size",
            "partition.alpha, simulation.partition.alpha"})
    void aWrongKeyIsNear(String wrong, String right) {
        assertThat(RunFileReference.nearestKey(wrong)).contains(right);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{type: iid, clients: 3}", "{type: column, column: \"a: b\"}",
            "{type: shards, clients: 3, shards: 2}", "{type: powerLaw, clients: 3, exponent: 1.0E-7}"})
    void aPartitionIsWrittenAsItIsRead(String written) {
        RunFile run = file().with(Map.of("simulation.partition", written), "run");
        assertThat(run.simulation().partition().orElseThrow().text()).isEqualTo(written);
    }
}
