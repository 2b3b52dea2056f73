package dev.hansa.cli.command.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PrivacyAuditTest {
    @TempDir
    private static Path home;

    private static Cli audit(String... options) {
        return Cli.run(home,
                Stream.concat(Stream.of("privacy", "audit"), Arrays.stream(options)).toArray(String[]::new));
    }

    @Test
    void theMechanismKeepsWhatIsPromised() {
        JsonNode found = audit("--noise", "1", "--clip", "0.5", "--plays", "5000", "--json").json();
        double promised = found.get("epsilon").asDouble();
        assertThat(promised).isBetween(4.377, 4.378);
        assertThat(found.get("kept").asBoolean()).isTrue();
        assertThat(found.get("epsilonLowerBound").asDouble()).isBetween(0.3 * promised, promised);
        assertThat(found.get("epsilonEstimate").asDouble()).isBetween(0.9 * promised, 1.1 * promised);
    }

    @Test
    void saysWhatItFound() {
        Cli cli = audit("--noise", "3", "--plays", "1000");
        assertThat(cli.code()).isZero();
        assertThat(cli.out()).startsWith("promised: epsilon 1.2").contains("proven: at least", "estimated: ",
                "Nothing was found against the promise.");
        assertThat(audit("--noise", "3", "--plays", "1000").out()).isEqualTo(cli.out());
    }

    @Test
    void anEstimateAboveThePromiseIsSaidToBeNoBound() {
        Cli above = audit("--noise", "1", "--plays", "400", "--seed", "1");
        assertThat(above.code()).isZero();
        assertThat(above.out()).contains("promised: epsilon 4.3772", "estimated: 5.",
                "What counts is the lower bound that is proven", "Nothing was found against the promise.");
        assertThat(audit("--noise", "1", "--plays", "20000", "--seed", "10").out()).contains("estimated: 4.27")
                .doesNotContain("What counts");
    }

    @Test
    void refusesWhatMeansNothing() {
        assertThat(audit("--noise", "0").err()).contains("--noise is 0.0, expected a finite number greater than 0");
        assertThat(audit("--noise", "1", "--plays", "5").err()).contains("--plays is 5, expected from 100");
        assertThat(audit("--noise", "1", "--delta", "1").code()).isEqualTo(2);
        assertThat(audit("--noise", "1", "--clip", "-1").err()).contains("--clip is -1.0");
    }
}
