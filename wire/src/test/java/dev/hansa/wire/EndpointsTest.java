package dev.hansa.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
    private static final Path DOCUMENT = Path.of("../docs/protocol.md");

    @Test
    void aPathIsFilledInInOrder() {
        assertThat(Endpoints.at(Endpoints.UPDATE, "run-1.3", "00ff")).isEqualTo("/v1/tasks/run-1.3/update/00ff");
        assertThatThrownBy(() -> Endpoints.at(Endpoints.UPDATE, "t")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Endpoints.at(Endpoints.JOIN, "t")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", ".", "a/b", "a?b", "a#b", "%2e", "a b", "{id}", "ü"})
    void aValueCannotLeadElsewhere(String value) {
        assertThatThrownBy(() -> Endpoints.at(Endpoints.REPORT, value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allPathsAndHeadersAreDocumented() throws IOException, IllegalAccessException {
        String document = Files.readString(DOCUMENT);
        for (Class<?> constants : List.of(Endpoints.class, HeaderNames.class)) {
            for (var field : Arrays.stream(constants.getFields()).filter(f -> Modifier.isStatic(f.getModifiers()))
                    .toList()) {
                assertThat(document).contains((String) field.get(null));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void allErrorCodesAreDocumentedWithTheirStatus(ErrorCode code) throws IOException {
        assertThat(Files.readAllLines(DOCUMENT)).anySatisfy(line -> assertThat(line).startsWith("| ")
                .contains(String.valueOf(code.status())).contains("`" + code.word() + "`"));
        assertThat(ErrorCode.of(code.status(), code.word())).contains(code);
    }

    @Test
    void anUnknownErrorCodeIsNoFailure() {
        assertThat(ErrorCode.of(418, "teapot")).isEmpty();
    }
}
