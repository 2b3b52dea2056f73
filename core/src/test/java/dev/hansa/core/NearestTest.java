package dev.hansa.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    @Test
    void theCandidateWithTheFewestEditsIsMeant() {
        assertThat(Nearest.to("epohcs", List.of("epoch", "epochs", "rate"))).hasValue("epochs");
        assertThat(Nearest.to("rm", List.of("CRIM", "RM"))).hasValue("RM");
    }

    @Test
    void nothingIsMeantIfAllAreFar() {
        assertThat(Nearest.to("momentum", List.of("rate", "epochs"))).isEmpty();
        assertThat(Nearest.to("a", List.of())).isEmpty();
    }
}
