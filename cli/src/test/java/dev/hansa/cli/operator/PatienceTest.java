package dev.hansa.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final UnreachableException another =
            new UnreachableException("here", new SSLPeerUnverifiedException("another"));

    private final List<String> messages = new ArrayList<>();
    private final Patience patience = new Patience(messages::add, Duration.ofMillis(1));

    @Test
    void anotherAtTheFirstContactEndsTheCommand() {
        assertThatThrownBy(() -> patience.after(another)).isSameAs(another);
        assertThat(messages).isEmpty();
    }

    @Test
    void anotherInPlaceOfACoordinatorThatHasAnsweredIsWaitedOut() throws InterruptedException {
        patience.answered();
        patience.after(another);
        assertThat(messages).containsExactly(
                "what answers at here is not the coordinator of this token: another; trying again");
        patience.answered();
        assertThat(messages).last().isEqualTo("the coordinator is back");
    }
}
