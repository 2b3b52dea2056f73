package dev.hansa.wire.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestSignatureTest {
    private static final NodeKey KEY = NodeKey.generate();
    private static final byte[] BODY = "body".getBytes(StandardCharsets.UTF_8);

    @Test
    void theSignedTextIsThatOfTheProtocol() throws Exception {
        String header = RequestSignature.of("POST", "/v1/tasks/t-1/report?x=1", 1234567890123L, BODY).sign(KEY);

        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(
                KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(KEY.publicKey().toDer())));
        verifier.update(("hansa-v1\nPOST\n/v1/tasks/t-1/report?x=1\n1234567890123\n"
                + "230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5").getBytes(StandardCharsets.UTF_8));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(header))).isTrue();
        assertThat(header).doesNotContain("=");
    }

    @Test
    void aSignatureHoldsForItsRequestAlone() {
        String header = RequestSignature.of("POST", "/v1/leave", 5, BODY).sign(KEY);

        assertThat(RequestSignature.of("POST", "/v1/leave", 5, BODY).verify(header, KEY.publicKey())).isTrue();
        for (RequestSignature other : List.of(RequestSignature.of("PUT", "/v1/leave", 5, BODY),
                RequestSignature.of("POST", "/v1/leave?", 5, BODY), RequestSignature.of("POST", "/v1/leave", 6, BODY),
                RequestSignature.of("POST", "/v1/leave", 5, new byte[0]),
                RequestSignature.ofUpload("POST", "/v1/leave", 5))) {
            assertThat(other.verify(header, KEY.publicKey())).as("%s", other).isFalse();
        }
        assertThat(RequestSignature.of("POST", "/v1/leave", 5, BODY).verify(header, NodeKey.generate().publicKey()))
                .isFalse();
    }

    @Test
    void aMessageTellsItsDigestSoThatItsSignatureCanBeVerifiedBeforeItIsRead() {
        assertThat(RequestSignature.of("POST", "/v1/x", 5, BODY).headers("signed")).containsExactlyInAnyOrderEntriesOf(
                Map.of("Hansa-Time", "5", "Hansa-Signature", "signed", "Hansa-Digest", Sha256.of(BODY).hex()));
        for (RequestSignature other : List.of(RequestSignature.of("GET", "/v1/x", 5, new byte[0]),
                RequestSignature.ofUpload("PUT", "/v1/x", 5))) {
            assertThat(other.headers("signed")).containsOnlyKeys("Hansa-Time", "Hansa-Signature");
        }
    }

    @Test
    void anUploadIsSignedWithoutItsBody() {
        String header = RequestSignature.ofUpload("PUT", "/v1/x", 5).sign(KEY);

        assertThat(RequestSignature.ofUpload("PUT", "/v1/x", 5).verify(header, KEY.publicKey())).isTrue();
    }

    @Test
    void garbageIsNoSignature() {
        RequestSignature request = RequestSignature.of("GET", "/", 1, new byte[0]);
        for (String garbage : List.of("", "%", "AAAA", "A".repeat(86), "A".repeat(88), "ü")) {
            assertThat(request.verify(garbage, KEY.publicKey())).as(garbage).isFalse();
        }
    }

    @Test
    void aLineBreakCannotMoveTextFromOnePartToAnother() {
        assertThatThrownBy(() -> RequestSignature.of("GET", "/\n1", 1, BODY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStoredKeySignsAsBefore() {
        NodeKey stored = NodeKey.fromPem(KEY.toPem());

        assertThat(stored.publicKey()).isEqualTo(KEY.publicKey()).hasSameHashCodeAs(KEY.publicKey());
        assertThat(stored.sign(BODY)).isEqualTo(KEY.sign(BODY));
        assertThat(KEY).hasToString("NodeKey[…]");
    }

    @Test
    void signaturesAreThoseOfTheStandard() {
        // RFC 8032, section 7.1, test 3
        NodeKey key = NodeKey.fromPem(
                pem("PRIVATE KEY", "302e020100300506032b657004220420"
                        + "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
                        + pem("PUBLIC KEY", "302a300506032b6570032100"
                                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"));

        assertThat(HexFormat.of().formatHex(key.sign(new byte[]{(byte) 0xaf, (byte) 0x82})))
                .isEqualTo("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    }

    private static String pem(String name, String hex) {
        return "-----BEGIN " + name + "-----\n" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex))
                + "\n-----END " + name + "-----\n";
    }

    @Test
    void aDamagedKeyIsRefusedWithoutRepeatingIt() {
        String pem = KEY.toPem();
        String other = NodeKey.generate().toPem();
        String mixed = pem.substring(0, pem.indexOf("-----BEGIN PUBLIC"))
                + other.substring(other.indexOf("-----BEGIN PUBLIC"));

        assertThatThrownBy(() -> NodeKey.fromPem("")).hasMessage("the text holds no PRIVATE KEY in PEM");
        assertThatThrownBy(() -> NodeKey.fromPem(pem.replace("-----END PUBLIC", "")))
                .hasMessage("the text holds no PUBLIC KEY in PEM");
        assertThatThrownBy(() -> NodeKey.fromPem(mixed))
                .hasMessage("the private and the public key do not belong together");
        assertThatThrownBy(() -> NodeKey.fromPem(pem.replace("MC4CAQAw", "MC4CAQBw")))
                .hasMessage("the private key is no Ed25519 key");
    }

    @Test
    void onlyWholeEd25519KeysAreTakenFromOthers() {
        byte[] der = KEY.publicKey().toDer();

        assertThat(NodePublicKey.fromDer(der)).isEqualTo(KEY.publicKey());
        byte[] longer = java.util.Arrays.copyOf(der, der.length + 1);
        assertThatThrownBy(() -> NodePublicKey.fromDer(longer)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NodePublicKey.fromDer(new byte[0])).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the public key of 0 bytes is no Ed25519 key");
        byte[] x25519 = der.clone();
        x25519[8] = 0x6e;
        assertThatThrownBy(() -> NodePublicKey.fromDer(x25519)).isInstanceOf(IllegalArgumentException.class);
    }
}
