package dev.hansa.wire.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** It signs, verifies and encodes as the JDK does. */
class NodeKeyTest {
    /** The order of the group of Ed25519: 2^252 + 27742317777372353535851937790883648493. */
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final byte[] MESSAGE = "GET /v1/tasks/next".getBytes(StandardCharsets.UTF_8);

    private final NodeKey key = NodeKey.generate();
    private final byte[] signature = key.sign(MESSAGE);

    @Test
    void theSignatureOfTheHolderIsTaken() {
        assertThat(agreed(key.publicKey(), MESSAGE, signature)).isTrue();
    }

    @Test
    void anyChangedBitIsNoticed() {
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(key.publicKey().verify(MESSAGE, changed)).as("bit %s", bit).isFalse();
        }
        byte[] other = MESSAGE.clone();
        other[0]++;
        assertThat(agreed(key.publicKey(), other, signature)).isFalse();
        assertThat(agreed(NodeKey.generate().publicKey(), MESSAGE, signature)).isFalse();
    }

    @Test
    void otherLengthsAreRefused() {
        assertThat(agreed(key.publicKey(), MESSAGE, new byte[0])).isFalse();
        assertThat(agreed(key.publicKey(), MESSAGE, Arrays.copyOf(signature, 63))).isFalse();
        assertThat(agreed(key.publicKey(), MESSAGE, Arrays.copyOf(signature, 65))).isFalse();
    }

    @Test
    void theSameSignatureInAnotherFormIsRefused() {
        byte[] scalar = Arrays.copyOfRange(signature, 32, 64);
        BigInteger larger = new BigInteger(1, reversed(scalar)).add(ORDER);
        byte[] form = Arrays.copyOf(signature, 64);
        byte[] bytes = reversed(larger.toByteArray());
        System.arraycopy(Arrays.copyOf(bytes, 32), 0, form, 32, 32);
        assertThat(agreed(key.publicKey(), MESSAGE, form)).isFalse();
    }

    /** RFC 8032, section 7.1, test 2. */
    @Test
    void theSignatureIsThatOfTheSpecification() {
        NodeKey specified = NodeKey.fromPem(pem("PRIVATE KEY", "302e020100300506032b657004220420"
                + "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
                + pem("PUBLIC KEY", "302a300506032b6570032100"
                        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        assertThat(HexFormat.of().formatHex(specified.sign(new byte[]{0x72})))
                .isEqualTo("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }

    @Test
    void theJdkReadsItsKeys() throws GeneralSecurityException {
        String[] blocks = key.toPem().split("-----[A-Z ]+-----\\R?");
        byte[] secret = Base64.getMimeDecoder().decode(blocks[1]);
        PrivateKey same = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(secret));
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(same);
        signer.update(MESSAGE);
        assertThat(signer.sign()).isEqualTo(signature);
        assertThat(NodeKey.fromPem(key.toPem()).publicKey()).isEqualTo(key.publicKey());
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutRepeatingIt() {
        byte[] noPoint = key.publicKey().toDer();
        Arrays.fill(noPoint, 12, 44, (byte) 0xff);
        byte[] longer = Arrays.copyOf(key.publicKey().toDer(), 45);
        for (byte[] wrong : List.of(noPoint, longer, new byte[0], new byte[44])) {
            assertThatIllegalArgumentException().isThrownBy(() -> NodePublicKey.fromDer(wrong))
                    .withMessageContaining("is no Ed25519 key");
        }
        String pem = NodeKey.generate().toPem();
        String mixed = key.toPem().substring(0, key.toPem().indexOf("-----BEGIN PUBLIC"))
                + pem.substring(pem.indexOf("-----BEGIN PUBLIC"));
        assertThatIllegalArgumentException().isThrownBy(() -> NodeKey.fromPem(mixed))
                .withMessage("the private and the public key do not belong together");
    }

    private static boolean agreed(NodePublicKey key, byte[] message, byte[] signature) {
        boolean result = key.verify(message, signature);
        assertThat(byTheJdk(key, message, signature)).isEqualTo(result);
        return result;
    }

    private static boolean byTheJdk(NodePublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key.toDer())));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String name, String hex) {
        return "-----BEGIN " + name + "-----\n" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex))
                + "\n-----END " + name + "-----\n";
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = bytes.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }
}
