package dev.hansa.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void whatOthersHaveChosenBreaksNoLineAndSteersNoTerminal() {
        assertThat(OneLine.of("x\r\n20:51:07 joined\u0085\u2028\u2029\u001b[2J\u202eabc\u200b"))
                .isEqualTo("x??20:51:07 joined????[2J?abc?");
        assertThat(OneLine.of("Größe – 🌍 \"a\"")).isEqualTo("Größe – 🌍 \"a\"");
    }
}
