package dev.hansa.wire.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.Token.Kind;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
    private static final Sha256 FINGERPRINT = Sha256.of(new byte[]{1});
    private static final Secret SECRET = Secret.fromBytes(new byte[32]);
    private static final Token TOKEN = new Token(Kind.JOIN, URI.create("https://hansa.example:8443"), FINGERPRINT,
            SECRET);

    @Test
    void aTokenComesBackAsItWasShown() {
        for (Kind kind : Kind.values()) {
            for (String address : new String[]{"https://localhost:1", "https://[::1]:8443", "https://10.0.0.1:443"}) {
                Token token = new Token(kind, URI.create(address), FINGERPRINT, Secret.random());
                assertThat(Token.parse(kind, "\n " + token.reveal() + "\n")).isEqualTo(token);
            }
        }
    }

    @Test
    void theTextIsThatOfTheProtocol() throws Exception {
        String text = TOKEN.reveal();

        assertThat(text).startsWith("hansa-join-");
        byte[] bytes = Base64.getUrlDecoder().decode(text.substring("hansa-join-".length()));
        ByteBuffer expected = ByteBuffer.allocate(2 + 26 + 32 + 32).putShort((short) 26)
                .put("https://hansa.example:8443".getBytes(StandardCharsets.UTF_8)).put(FINGERPRINT.toBytes())
                .put(new byte[32]);
        assertThat(Arrays.copyOf(bytes, bytes.length - 4)).isEqualTo(expected.array());
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("hansa-join-".getBytes(StandardCharsets.UTF_8));
        assertThat(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length))
                .isEqualTo(Arrays.copyOf(digest.digest(expected.array()), 4));
    }

    @Test
    void theSecretIsNotPrinted() {
        Token token = new Token(Kind.OPERATOR, TOKEN.address(), FINGERPRINT, Secret.random());

        assertThat(token.toString()).contains("hansa.example").doesNotContain(token.secret().reveal());
        assertThat(token.secret()).hasToString("Secret[…]");
    }

    @Test
    void eachWrongMissingOrAddedCharacterIsNoticed() {
        String text = TOKEN.reveal();
        for (int i = 0; i < text.length(); i++) {
            String wrong = text.substring(0, i) + (text.charAt(i) == 'x' ? 'y' : 'x') + text.substring(i + 1);
            String without = text.substring(0, i) + text.substring(i + 1);
            String cut = text.substring(0, i);
            for (String damaged : new String[]{wrong, without, cut, text + "AAAA".substring(i % 4)}) {
                assertThatThrownBy(() -> Token.parse(Kind.JOIN, damaged)).as(damaged)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageMatching("the token was not copied whole: .*|this is no token, expected one .*");
            }
        }
    }

    @Test
    void errorsSayWhatIsWrongAndDoNotRepeatTheToken() {
        String text = TOKEN.reveal();
        assertThatThrownBy(() -> Token.parse(Kind.JOIN, text.substring(0, 90)))
                .hasMessage("the token was not copied whole: its end is missing; copy it again, in one piece, or ask "
                        + "for a new one");
        assertThatThrownBy(() -> Token.parse(Kind.OPERATOR, text)).hasMessage(
                "this is a token that begins with hansa-join-, expected one that begins with hansa-operator-");
        assertThatThrownBy(() -> Token.parse(Kind.OPERATOR, text.replace("join", "operator")))
                .hasMessageContaining("a character is wrong");
        assertThatThrownBy(() -> Token.parse(Kind.JOIN, text.substring(0, 60) + "\n" + text.substring(60)))
                .hasMessageContaining("it contains a character").hasMessageNotContaining(text.substring(20, 50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host:1", "https:///x", "https://user@host:1", "https://host:1/path",
            "https://host:1?q", "https://host:1#f", "mailto:x"})
    void onlyPlainAddressesAreCarried(String address) {
        assertThatThrownBy(() -> new Token(Kind.JOIN, URI.create(address), FINGERPRINT, SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the form https://host:port");
    }

    @Test
    void aSecretIsRecognisedByItsDigestAndReadFromItsText() {
        Secret secret = Secret.random();

        assertThat(Secret.parse(secret.reveal())).isEqualTo(secret).hasSameHashCodeAs(secret);
        assertThat(secret.sha256()).isEqualTo(Sha256.of(secret.toBytes()));
        assertThat(secret).isNotEqualTo(Secret.random());
        assertThatThrownBy(() -> Secret.parse("AAAA")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a secret has 32 bytes, got 3");
    }
}
