package dev.hansa.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.proto.JoinRequest;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MembershipCodecTest {

    @Test
    void whatANodeTellsOfItselfComesBack() {
        JoinRequest join = JoinRequest.newBuilder().setName("älice").setVersion("1.0").addDataSets("häuser 2").build();
        HelloRequest hello = HelloRequest.newBuilder().setVersion("1.0").addDataSets("häuser 2").build();

        assertThat(MembershipCodec.join(join.toByteArray())).isEqualTo(join);
        assertThat(MembershipCodec.hello(hello.toByteArray())).isEqualTo(hello);
        assertThat(MembershipCodec.hello(new byte[0])).isEqualTo(HelloRequest.getDefaultInstance());
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                defect("version: found 101 characters, expected at most 100",
                        hello -> hello.setVersion("1".repeat(101))),
                defect("version: found the control character U+001B at 1, expected none",
                        hello -> hello.setVersion("1\u001b[2J")),
                defect("data_sets[1]: found no name", hello -> hello.addDataSets(" ")),
                defect("data_sets[1]: found 257 characters, expected at most 256",
                        hello -> hello.addDataSets("d".repeat(257))),
                defect("data_sets[1]: found the control character U+009B at 0", hello -> hello.addDataSets("\u009b2J")),
                defect("data_sets[1]: found the control character U+000A at 1", hello -> hello.addDataSets("a\nb")),
                defect("data_sets: found 1001 entries",
                        hello -> hello.addAllDataSets(Collections.nCopies(1_000, "d"))));
    }

    private static Arguments defect(String message, Consumer<HelloRequest.Builder> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void whatCannotBeShownOrIsTooMuchIsRefusedByField(String message, Consumer<HelloRequest.Builder> change) {
        HelloRequest.Builder hello = HelloRequest.newBuilder().setVersion("1.0").addDataSets("d");
        change.accept(hello);
        byte[] join = JoinRequest.newBuilder().setVersion(hello.getVersion()).addAllDataSets(hello.getDataSetsList())
                .build().toByteArray();

        assertThatThrownBy(() -> MembershipCodec.hello(hello.build().toByteArray()))
                .isInstanceOf(MalformedMessageException.class).hasMessageStartingWith(message);
        assertThatThrownBy(() -> MembershipCodec.join(join)).isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith(message);
    }
}
