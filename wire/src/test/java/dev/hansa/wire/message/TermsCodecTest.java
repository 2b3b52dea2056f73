package dev.hansa.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.protocol.Terms.Promise;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

    @Test
    void aRestOfNoRoundsIsRefused() {
        var message = TermsCodec.encode(new Terms("", 1, false, 1, 0, Optional.empty())).toBuilder();
        message.setPromise(dev.hansa.wire.proto.Terms.Promise.newBuilder().setNoise(1).setSeparation(0));
        assertThatThrownBy(() -> TermsCodec.decode(message.build())).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("separation is 0");
    }
}
