package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** {@code hansa access}. */
class AccessTest extends OperatorFixture {

    @Test
    void somebodyMayDoWhatTheirRoleSaysUntilItIsRevoked() throws IOException {
        assertThat(hansa("access").err()).contains("nobody was given access yet");
        Cli given = hansa("access", "create", "vera", "--role", "viewer", "--valid", "8h");
        assertThat(given.err()).contains("Good for vera until");
        String token = Files.writeString(home.resolve("vera.token"), given.out()).toString();

        assertThat(hansa("nodes", "--coordinator", token).code()).isZero();
        mistake(hansa("token", "--coordinator", token), "vera is viewer here, and may not let nodes in");
        assertThat(hansa("access").out()).contains("vera", "viewer");
        assertThat(hansa("audit-log").out()).contains("access.created", "person.refused", "may not let nodes in");

        assertThat(hansa("access", "revoke", "vera").code()).isZero();
        mistake(hansa("nodes", "--coordinator", token), "the token of vera was revoked");
        mistake(hansa("access", "create", "vera", "--role", "admin"), "somebody else is, or was, called vera");
    }

    @Test
    void mistakesAreToldWithWhatWouldDo() {
        mistake(hansa("access", "create", "vera", "--role", "boss"), "viewer, scientist, operator or admin");
        mistake(hansa("access", "create", "vera"), "--role");
        mistake(hansa("access", "create", "ve ra", "--role", "viewer"), "nobody can be called \"ve ra\"");
        mistake(hansa("access", "create", "vera", "--role", "viewer", "--valid", "9000d"), "31622400");
        mistake(hansa("access", "revoke", "nobody"), "nobody was given access by the name nobody");
        mistake(hansa("access", "revoke", "a/b"), "is nobody's name");
        mistake(hansa("nodes", "--coordinator", "hansa-access-AAAA"), "not copied whole");
    }
}
