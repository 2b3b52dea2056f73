package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.spec.document.InvalidSpecException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code personalization}. */
class PersonalizationTest {

    private static Personalization read(String lines) {
        return RunFileTest.read(RunFileTest.SHORTEST + lines + "\n").personalization();
    }

    @Test
    void eachWayIsRead() {
        assertThat(read("")).isEqualTo(Personalization.none());
        assertThat(read("personalization: none")).isEqualTo(Personalization.none());
        assertThat(read("personalization: fineTuning")).isEqualTo(new FineTuning(5, OptionalDouble.empty()));
        assertThat(read("personalization: {type: fineTuning, epochs: 2, rate: 0.01}"))
                .isEqualTo(new FineTuning(2, OptionalDouble.of(0.01)));
        assertThat(read("personalization: {type: ditto, lambda: 0.5}")).isEqualTo(new Ditto(0.5));
        assertThat(read("personalization: {type: ifca, clusters: 3}")).isEqualTo(new Clusters(3));
        Seed initial = new Seed(42).derive("initial");
        assertThat(RunFileTest.read(RunFileTest.SHORTEST.replace("linear", "{type: mlp, hidden: [4], normalize: batch}")
                + "personalization: fedbn\n").personalization())
                .isEqualTo(new LocalLayers(List.of("norm*"), OptionalInt.empty(), initial));
        assertThat(read("personalization: {type: fedper, layers: [layer1.bias]}"))
                .isEqualTo(new LocalLayers(List.of("layer1.bias"), OptionalInt.empty(), initial));
        assertThat(read("personalization: {type: fedrep, layers: ['*.bias'], headEpochs: 2}"))
                .isEqualTo(new LocalLayers(List.of("*.bias"), OptionalInt.of(2), initial));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "personalization: {type: fineTuning, epochs: 0} | personalization.epochs: found \"0\"",
            "personalization: {type: fineTuning, rate: 0} | personalization.rate: found \"0\"",
            "personalization: {type: fedper, layers: [layer2.*]} | personalization: layer2.* is no tensor of the model, which"
                    + " has [layer1.weight, layer1.bias]",
            "personalization: {type: fedrep, layers: [layer1.*]} | personalization: all tensors of the model are local",
            "personalization: {type: fedper, layers: []} | personalization.layers: ",
            "personalization: fedper | personalization.layers: missing",
            "personalization: fedbn | personalization: fedbn keeps the layers of a normalisation",
            "strategy: scaffold^personalization: {type: fedper, layers: ['*.bias']} | personalization: the mean of what nodes"
                    + " report says nothing of the layers that each node keeps, and scaffold needs it",
            "personalization: {type: ditto, lambda: 11} | personalization.lambda: training.rate times lambda is 1.1, and a step"
                    + " would go beyond the shared model; expected a lambda of at most 10.0",
            "personalization: {type: ifca, clusters: 1} | personalization.clusters: found \"1\"",
            "strategy: scaffold^personalization: ifca | personalization: a node may choose another model in each round, and"
                    + " scaffold remembers",
            "strategy: fedadam^personalization: ifca | personalization: each of the models is the mean of the updates",
            "strategy: {type: combined, aggregate: median}^personalization: ifca | personalization: each of the models is",
            "compression: {values: int8, topK: 0.1}^personalization: ifca | compression: what a node holds back of one model",
            "evaluation: {central: clean}^personalization: {type: fedper, layers: ['*.bias']} | personalization: the"
                    + " coordinator has no whole model, or several, so it cannot measure one",
            "strategy: {type: combined, aggregate: {type: fltrust, rows: clean}}^personalization: {type: fedper, layers:"
                    + " ['*.bias']} | personalization: the coordinator has no whole model, or several, so it cannot train",
            "personalization: finetuning | did you mean fineTuning?"})
    void whatCannotWorkIsRefused(String lines, String problem) {
        InvalidSpecException thrown =
                catchThrowableOfType(InvalidSpecException.class, () -> read(lines.replace('^', '\n')));
        assertThat(thrown).as("the file is refused").hasMessageContaining(problem);
    }
}
