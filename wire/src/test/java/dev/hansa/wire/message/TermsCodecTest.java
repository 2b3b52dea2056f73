package dev.hansa.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.protocol.Terms.Promise;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TermsCodecTest {

    @Test
    void termsAreTheSameAfterTheirWay() {
        for (Chance chance : List.of(new Chance.None(), new Chance.Coins(0.1), new Chance.FixedSize(100, 10),
                new Chance.Rests(5))) {
            Terms terms = new Terms("prices", 10, true, 3, 0.5, Optional.of(new Promise(1.5, chance)));
            assertThat(TermsCodec.decode(TermsCodec.encode(terms))).isEqualTo(terms);
        }
        Terms ofRows = new Terms("", 9, true, 2, 0, Optional.empty(), Optional.of(new Terms.Rows(1.1, 0.05, 20)));
        assertThat(TermsCodec.decode(TermsCodec.encode(ofRows))).isEqualTo(ofRows);
        Terms bare = new Terms("", 1, false, 1, 0, Optional.empty());
        assertThat(TermsCodec.decode(TermsCodec.encode(bare))).isEqualTo(bare);
    }

    static List<Terms> absurd() {
        Optional<Promise> none = Optional.empty();
        int most = Integer.MAX_VALUE;
        return List.of(new Terms("", most, true, 1, 0, none, Optional.of(new Terms.Rows(1, 0.5, most))),
                new Terms("", 1, true, 1, 0, none, Optional.of(new Terms.Rows(1, 1e-300, 1))),
                new Terms("", 1, true, 1, 0, none, Optional.of(new Terms.Rows(1e300, 0.5, 1))),
                new Terms("", 1, true, most, 0, none), new Terms("", 1, true, 1, 1e-300, none),
                new Terms("", 1, true, 1, 0, Optional.of(new Promise(1e300, new Chance.None()))),
                new Terms("", 1, true, 1, 0, Optional.of(new Promise(1, new Chance.Coins(1e-300)))));
    }

    @ParameterizedTest
    @MethodSource("absurd")
    void numbersThatNobodyCanAccountForAreRefused(Terms terms) {
        var message = TermsCodec.encode(terms);
        assertThatThrownBy(() -> TermsCodec.decode(message)).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void aRestOfNoRoundsIsRefused() {
        var message = TermsCodec.encode(new Terms("", 1, false, 1, 0, Optional.empty())).toBuilder();
        message.setPromise(dev.hansa.wire.proto.Terms.Promise.newBuilder().setNoise(1).setSeparation(0));
        assertThatThrownBy(() -> TermsCodec.decode(message.build())).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("separation is 0");
    }
}
