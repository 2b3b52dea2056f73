package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.spec.document.InvalidSpecException;
import java.util.OptionalDouble;
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
        assertThat(read("")).isEqualTo(Personalization.NONE);
        assertThat(read("personalization: none")).isEqualTo(Personalization.NONE);
        assertThat(read("personalization: fineTuning")).isEqualTo(new FineTuning(5, OptionalDouble.empty()));
        assertThat(read("personalization: {type: fineTuning, epochs: 2, rate: 0.01}"))
                .isEqualTo(new FineTuning(2, OptionalDouble.of(0.01)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "personalization: {type: fineTuning, epochs: 0} | personalization.epochs: found \"0\"",
            "personalization: {type: fineTuning, rate: 0} | personalization.rate: found \"0\"",
            "personalization: finetuning | did you mean fineTuning?"})
    void whatCannotWorkIsRefused(String lines, String problem) {
        InvalidSpecException thrown = catchThrowableOfType(InvalidSpecException.class, () -> read(lines));
        assertThat(thrown).as("the file is refused").hasMessageContaining(problem);
    }
}
