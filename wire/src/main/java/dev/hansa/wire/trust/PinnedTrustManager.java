package dev.hansa.wire.trust;

import dev.hansa.wire.Sha256;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts servers under one authority, known by its fingerprint alone, and nobody else.
 *
 * <p>The server sends its authority's certificate too. From its own certificate up to that one, each must be signed by the
 * next, valid now, and each but the first allowed to sign others. Whether the certificate names the server's host is for
 * the HTTP client to check.
 */
public final class PinnedTrustManager implements X509TrustManager {
    /** How far the clock of a node may be off: as far as the coordinator lets it. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final int CERTIFICATE_SIGNING = 5;

    private final Sha256 fingerprint;
    private final Clock clock;

    /**
     * @param fingerprint the SHA-256 of the authority's certificate (DER)
     */
    public PinnedTrustManager(Sha256 fingerprint, Clock clock) {
        this.fingerprint = fingerprint;
        this.clock = clock;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("the server sent no certificate");
        }
        int authority = authority(chain);
        checkServer(chain[0]);
        for (int i = 0; i <= authority; i++) {
            checkValidity(chain[i]);
            if (chain[i].hasUnsupportedCriticalExtension()) {
                throw new CertificateException(name(chain[i]) + " demands something that this program does not know");
            }
        }
        for (int i = 0; i < authority; i++) {
            checkIssued(chain[i], chain[i + 1], i);
        }
    }

    private int authority(X509Certificate[] chain) throws CertificateException {
        Sha256 last = fingerprint;
        for (int i = 0; i < chain.length; i++) {
            last = Sha256.of(chain[i].getEncoded());
            if (last.equals(fingerprint)) {
                return i;
            }
        }
        throw new WrongFingerprintException(fingerprint, last);
    }

    private static void checkServer(X509Certificate certificate) throws CertificateException {
        List<String> usage = certificate.getExtendedKeyUsage();
        if (usage != null && !usage.contains(SERVER_AUTHENTICATION)) {
            throw new CertificateException(name(certificate) + " is not made for a server");
        }
    }

    private void checkValidity(X509Certificate certificate) throws CertificateException {
        Instant now = clock.instant();
        Date begin = certificate.getNotBefore();
        Date end = certificate.getNotAfter();
        if (now.plus(TOLERANCE).isBefore(begin.toInstant()) || now.minus(TOLERANCE).isAfter(end.toInstant())) {
            throw new CertificateException(name(certificate) + " is valid from " + begin.toInstant() + " to "
                    + end.toInstant() + ", but here it is " + now + "; is the clock of this machine right?");
        }
    }

    private static void checkIssued(X509Certificate certificate, X509Certificate issuer, int authoritiesBelow)
            throws CertificateException {
        boolean[] usage = issuer.getKeyUsage();
        if (issuer.getBasicConstraints() < authoritiesBelow || (usage != null && !usage[CERTIFICATE_SIGNING])) {
            throw new CertificateException(name(issuer) + " is not allowed to issue " + name(certificate));
        }
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            throw new CertificateException(name(certificate) + " was not issued by " + name(issuer));
        }
        try {
            certificate.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new CertificateException(name(certificate) + " was not signed by " + name(issuer), e);
        }
    }

    private static String name(X509Certificate certificate) {
        return "the certificate of " + certificate.getSubjectX500Principal().getName();
    }

    /** Refuses all: clients of a coordinator show no certificates. */
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no client is known by a certificate");
    }

    /** None: the authority's certificate is not known before a server sends it. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
