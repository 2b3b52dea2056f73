package dev.hansa.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.client.policy.Hours;
import dev.hansa.client.policy.Trust;
import dev.hansa.spec.document.InvalidSpecException;
import dev.hansa.wire.trust.Author;
import dev.hansa.wire.trust.NodeKey;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
    private static final String WHOLE = """
            hansa: 1
            coordinators: ["https://example.org:8443"]
            trust: coordinator
            hours: {from: "22:00", to: "06:30", zone: Europe/Berlin}
            witness: /mnt/other/witness
            data:
              housing:
                purposes: ["price*"]
                columns: [RM, MEDV]
                approve: ask
                require: {clip: 1.5, noise: 2, cohort: 4}
                rounds: {perRun: 100, inAll: 500}
                budget: {epsilon: 4, delta: 1e-6}
                exempt: [evaluation]
              default: {}
            """;

    @ParameterizedTest
    @CsvSource({"row, 0.9, 'to give away one of every 2 rows whole'",
            "dataSet, 0.01, 'to give away all rows in one of every 100 cases'"})
    void aDeltaThatPromisesNothingIsWarnedOf(String unit, double delta, String words) {
        PolicyFile file = PolicyFile.parse("hansa: 1\ndata:\n  rows:\n    unit: " + unit
                + "\n    budget: {epsilon: 4, delta: " + delta + "}\n", "policy.yaml");
        assertThat(file.warnings()).singleElement().asString().contains("budget.delta", words, "such as 1e-5");
        assertThat(PolicyFile.parse(WHOLE, "policy.yaml").warnings()).isEmpty();
    }

    @Test
    void allThatIsSaidIsRead() {
        PolicyFile file = PolicyFile.parse(WHOLE, "policy.yaml");
        assertThat(file.witness()).contains(Path.of("/mnt/other/witness"));
        assertThat(file.policy().coordinators()).containsExactly("https://example.org:8443");
        assertThat(file.policy().trust()).isEqualTo(Trust.COORDINATOR);
        assertThat(file.policy().hours())
                .contains(new Hours(LocalTime.of(22, 0), LocalTime.of(6, 30), ZoneId.of("Europe/Berlin")));
        DataPolicy housing = file.policy().data().get("housing");
        assertThat(housing.purposes()).containsExactly("price*");
        assertThat(housing.columns()).contains(Set.of("RM", "MEDV"));
        assertThat(housing.approval()).isEqualTo(Approval.ASK);
        assertThat(housing.required()).isEqualTo(new Required(1.5, 2, 4));
        assertThat(housing.rounds()).isEqualTo(OptionalInt.of(100));
        assertThat(housing.allRounds()).isEqualTo(OptionalInt.of(500));
        assertThat(housing.budget()).contains(new Budget(4, 1e-6));
        assertThat(housing.exempt()).containsExactly(Told.EVALUATION);
    }

    @Test
    void whatIsLeftOutIsNoLimit() {
        PolicyFile file = PolicyFile.parse("hansa: 1\ndata: {default: {}}\n", "policy.yaml");
        assertThat(file.witness()).isEmpty();
        assertThat(file.policy().coordinators()).isEmpty();
        assertThat(file.policy().trust()).isEqualTo(Trust.NOBODY);
        assertThat(file.policy().hours()).isEmpty();
        DataPolicy rules = file.policy().data().get("default");
        assertThat(rules.columns()).isEmpty();
        assertThat(rules.approval()).isEqualTo(Approval.GIVEN);
        assertThat(rules.required()).isEqualTo(Required.NOTHING);
        assertThat(rules.budget()).isEmpty();
        assertThat(rules.rounds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "budget:|budgt:|13:5: data.housing.budgt: unknown key, did you mean budget?",
            "trust: coordinator|trust: all|3:8: trust: found \"all\", expected nobody, coordinator or everybody",
            "Europe/Berlin|Berlin|4:43: hours.zone: found \"Berlin\", expected a time zone such as Europe/Berlin",
            "\"22:00\"|22|4:15: hours.from: found \"22\", expected a time of the day",
            "\"06:30\"|\"22:00\"|4:28: hours.to: found the same time as from",
            "epsilon: 4|epsilon: 0|13:23: data.housing.budget.epsilon: found \"0\", expected a number greater than 0",
            "1e-6|1e-13|13:33: data.housing.budget.delta: found \"1e-13\", expected a number from 1e-12",
            "clip: 1.5|clip: 0|11:21: data.housing.require.clip: found \"0\"",
            "clip: 1.5|klip: 1.5|11:15: data.housing.require.klip: unknown key, did you mean clip?",
            "perRun: 100|perRun: 0|12:22: data.housing.rounds.perRun: found \"0\"",
            "approve: ask|approve: yes|10:14: data.housing.approve: found \"yes\", expected policy or ask",
            "[evaluation]|[evaluations]|14:14: data.housing.exempt[0]: found \"evaluations\"",
            "[RM, MEDV]|RM|9:14: data.housing.columns: found \"RM\", expected any, or a list",
            "default: {}|default: free|15:12: data.default: found \"free\", expected a mapping",
            "https://example.org:8443|example.org|2:16: coordinators[0]: found the text \"example.org\""})
    void aMistakeIsNamedWithItsPlaceAndWhatWasExpected(String right, String wrong, String message) {
        assertThat(WHOLE).contains(right);
        InvalidSpecException invalid = catchThrowableOfType(InvalidSpecException.class,
                () -> PolicyFile.parse(WHOLE.replace(right, wrong), "policy.yaml"));
        assertThat(invalid).hasMessageContaining("policy.yaml:" + message);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        InvalidSpecException invalid = catchThrowableOfType(InvalidSpecException.class,
                () -> PolicyFile.parse("hansa: 2\ntrust: x\n", "policy.yaml"));
        assertThat(invalid.problems()).hasSize(3);
    }

    @Test
    void theReferenceIsAPolicyThatChangesNothing() {
        PolicyFile file = PolicyFile.parse(PolicyFile.reference(), "reference");
        assertThat(file.policy().data()).containsOnlyKeys("default");
        assertThat(PolicyFile.reference()).contains("purposes:", "exempt:", "epsilon:", "perRun:", "cohort:");
    }

    @Test
    void itIsSaidInWords() {
        List<String> words = PolicyFile.parse(WHOLE, "policy.yaml").words();
        assertThat(words).contains("only these coordinators may ask: https://example.org:8443",
                "nobody has to sign runs and statistics",
                "trust: noise that the coordinator promises to add counts, too");
        assertThat(words).endsWith("data set default has no budget",
                "data set housing may spend epsilon 4 (delta 1e-6) in all, counted for all rows together;"
                        + " for the purposes \"price*\"; runs of"
                        + " at most 100 rounds; at most 500 updates ever; columns MEDV, RM; updates clipped to 1.5 or less;"
                        + " a noise multiplier of 2.0 or more; sums of 4 or more updates; free of charge: how good a model is; each run waits for you");
    }

    @Test
    void whoMaySignWhoIsTrustedAndWhatIsHiddenAreRead() {
        String author = new Author(NodeKey.generate().publicKey()).text();
        PolicyFile file = PolicyFile.parse("hansa: 1\nruns: {signers: [\"" + author + "\"]}\ntrust: everybody\n"
                + "data: {rows: {unit: row, require: {secureAggregation: yes}, budget: {epsilon: 1, delta: 1e-6}}}\n",
                "p");
        assertThat(file.policy().signers()).containsExactly(Author.parse(author));
        assertThat(file.policy().trust()).isEqualTo(Trust.EVERYBODY);
        assertThat(file.policy().data().get("rows").unit()).isEqualTo(Unit.ROW);
        assertThat(file.policy().data().get("rows").required().secureAggregation()).isTrue();
        assertThat(file.words()).anyMatch(line -> line.contains("signed by " + author))
                .anyMatch(line -> line.contains("counted for each single row") && line.contains("no update at all"));
    }

    @Test
    void noiseInThePlaceOfEncryptionHasToBeNamed() {
        String rule = "hansa: 1\ndata: {rows: {require: {secureAggregation: orNoise%s}}}\n";
        assertThat(PolicyFile.parse(rule.formatted(", noise: 3"), "p").policy().data().get("rows").required())
                .isEqualTo(new Required(Double.POSITIVE_INFINITY, 3, 1));
        assertThatThrownBy(() -> PolicyFile.parse(rule.formatted(""), "p")).hasMessageContaining("require.noise");
        assertThatThrownBy(() -> PolicyFile.parse("hansa: 1\nruns: {signers: [alice]}\ndata: {rows: {}}\n", "p"))
                .hasMessageContaining("hansa key show");
        String none = "ed25519:" + "_".repeat(42) + "8"; // 2^256 - 1 is no coordinate
        assertThatThrownBy(() -> PolicyFile.parse("hansa: 1\nruns: {signers: [\"" + none + "\"]}\ndata: {rows: {}}\n",
                "p")).hasMessageContaining("p:2:18: runs.signers[0]: found \"" + none + "\"")
                .hasMessageContaining("has the form of a public key and is none");
    }
}
