package dev.hansa.server.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.NodePublicKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** It says what the JDK says. */
class FastVerifierTest {
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
            assertThat(FastVerifier.verify(key.publicKey(), MESSAGE, changed)).as("bit %s", bit).isFalse();
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

    private static boolean agreed(NodePublicKey key, byte[] message, byte[] signature) {
        boolean result = FastVerifier.verify(key, message, signature);
        assertThat(key.verify(message, signature)).isEqualTo(result);
        return result;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = bytes.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }
}
