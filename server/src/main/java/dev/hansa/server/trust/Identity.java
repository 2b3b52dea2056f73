package dev.hansa.server.trust;

import dev.hansa.core.FederationException;
import dev.hansa.wire.disk.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** A certificate and its private key (elliptic curve), kept in one PEM file that only its owner may read. */
record Identity(X509Certificate certificate, PrivateKey key) {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";

    /**
     * What the file holds; empty if there is none.
     *
     * @throws FederationException if it holds something else
     */
    static Optional<Identity> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String pem = Files.readString(file, StandardCharsets.US_ASCII);
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(section(pem, CERTIFICATE)));
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(section(pem, KEY)));
            return Optional.of(new Identity(certificate, key));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new FederationException(file + " does not hold a certificate and its key (" + e.getMessage()
                    + "); bring it back from a copy, or delete it: nodes then have to join anew", false, e);
        }
    }

    void write(Path file) {
        try {
            PrivateFiles.replace(file, (pem(CERTIFICATE, certificate.getEncoded()) + pem(KEY, key.getEncoded()))
                    .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | GeneralSecurityException e) {
            throw new FederationException("cannot write " + file + ": " + e.getMessage(), false, e);
        }
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(content)
                + "\n-----END " + kind + "-----\n";
    }

    private static byte[] section(String pem, String kind) {
        String begin = "-----BEGIN " + kind + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + kind + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no section " + kind);
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "Identity[" + certificate.getSubjectX500Principal() + "]";
    }
}
