package dev.hansa.wire.trust;

import dev.hansa.wire.Sha256;
import java.security.cert.CertificateException;

/**
 * Whoever answered is not under the authority that the token names.
 *
 * <p>A {@link CertificateException}, so that TLS passes it on as the cause of its handshake's failure.
 */
public final class WrongFingerprintException extends CertificateException {
    private static final long serialVersionUID = 1L;

    WrongFingerprintException(Sha256 expected, Sha256 found) {
        super("the server's authority has the fingerprint " + found + ", but the token expects " + expected
                + ". Either the coordinator has been set up anew (ask for a new token), or the address leads to another "
                + "server, or a proxy or an attacker stands between");
    }
}
