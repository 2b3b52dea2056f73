package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Section;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunFileReferenceTest {
    private static final String PAGE =
            """
                    # run.yaml

                    One file describes a run: the data it asks for, the model, how it is trained, when it ends. `hansa spec` prints
                    the same reference; start from it, or from an example:

                    ```yaml
                    hansa: 1
                    name: boston-housing
                    data:
                      features: [CRIM, RM, LSTAT]
                      label: MEDV
                      holdOut: {every: 5}
                    model: linear
                    rounds: 50
                    ```

                    ## Every key

                    ```yaml
                    %s```
                    """;

    /** Renew the page with {@code mvn -pl spec -am test -Dhansa.renew=true}. */
    @Test
    void thePageOfTheDocumentationIsTheReference() throws IOException {
        Path page = Path.of("../docs/run-yaml.md");
        String expected = PAGE.formatted(RunFileReference.text());
        if (Boolean.getBoolean("hansa.renew")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, expected);
        }
        assertThat(page).as("renew it with mvn -pl spec -am test -Dhansa.renew=true").content().isEqualTo(expected);
    }

    @Test
    void theExampleOfThePageIsARun() {
        String example = PAGE.substring(PAGE.indexOf("```yaml\n") + 8, PAGE.indexOf("```\n\n## "));
        assertThat(RunFileTest.read(example).name()).isEqualTo("boston-housing");
    }

    @Test
    void theReferenceReadAgainGivesAllDefaults() {
        String essentials = """
                hansa: 1
                name: boston-housing
                data:
                  features:
                    CRIM: {type: number, unit: crimes a year per person}
                    CHAS: {type: category, values: [0, 1]}
                    RM: number
                  label: {MEDV: {type: number, unit: thousand dollars}}
                model: linear
                rounds: 50
                """;
        assertThat(RunFileTest.read(RunFileReference.text())).isEqualTo(RunFileTest.read(essentials));
    }

    @Test
    void theReferenceExplainsEachKeyAndNoOther() {
        Set<String> explained =
                Pattern.compile("(?m)^[ #]*([a-zA-Z][a-zA-Z0-9]*):(?: \\S.*)?$").matcher(RunFileReference.text())
                        .results().map(match -> match.group(1)).collect(Collectors.toSet());
        explained.removeAll(List.of("Expected", "Default", "CRIM", "CHAS", "RM"));
        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(declaredKeys().map(Key::name).collect(Collectors.toSet()));
    }

    @Test
    void theReaderReadsEveryDeclaredKeyAndItsExample() {
        Set<Key<?>> read = keys(RunKeys.RUN).collect(Collectors.toSet());
        assertThat(read).containsAll(declaredKeys().collect(Collectors.toSet()));
        assertThat(read).filteredOn(key -> !(key.type() instanceof Section))
                .allSatisfy(key -> assertThat(key.readExample()).isNotNull());
    }

    /** The constants of the classes that declare keys, and the key that tells forms apart. */
    private static Stream<Key<?>> declaredKeys() {
        Stream<Key<?>> constants =
                Stream.of(RunKeys.class, DataKeys.class, Columns.class, ModelKeys.class, TrainingKeys.class,
                        StrategyKeys.class, AxisKeys.class, ServerKeys.class, AggregateKeys.class, BufferKeys.class,
                        PrivacyKeys.class,
                        ScheduleKeys.class,
                        PersonalizationKeys.class,
                        CompressionKeys.class, CohortKeys.class, StopKeys.class, SimulationKeys.class, DeviceKeys.class)
                        .flatMap(type -> Stream.of(type.getDeclaredFields()))
                        .filter(field -> field.getType() == Key.class).map(RunFileReferenceTest::key);
        Stream<Key<?>> type = StrategyKeys.STRATEGY.forms().get(0).section().keys().stream().limit(1);
        return Stream.concat(constants, type);
    }

    private static Key<?> key(Field constant) {
        try {
            constant.setAccessible(true);
            return (Key<?>) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** The keys that the reader reaches. */
    private static Stream<Key<?>> keys(Section section) {
        return section.keys().stream()
                .flatMap(key -> Stream.concat(Stream.of(key), Stream.concat(
                        key.type() instanceof Section inner ? keys(inner) : Stream.empty(),
                        key.type().forms().stream().flatMap(form -> keys(form.section())))));
    }
}
