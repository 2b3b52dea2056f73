package dev.hansa.wire.trust;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates, sound and otherwise. Valid for a day from {@link #BEGIN}. */
final class Certificates {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant END = BEGIN.plus(Duration.ofDays(1));

    final KeyPair keys;
    final X509Certificate certificate;

    private Certificates(KeyPair keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    static Certificates authority(String name) {
        return issue(keys(), name, name, null, new BasicConstraints(true), BEGIN);
    }

    Certificates authorityBelow(String name, int pathLength) {
        return issue(keys, subject(), name, this, new BasicConstraints(pathLength), BEGIN);
    }

    Certificates server(String name) {
        return issue(keys, subject(), name, this, null, BEGIN);
    }

    Certificates server(String name, Instant begin) {
        return issue(keys, subject(), name, this, null, begin);
    }

    /** As if the issuer were called so. */
    Certificates serverIssuedAs(String issuer, String name) {
        return issue(keys, issuer, name, this, null, BEGIN);
    }

    private String subject() {
        return certificate.getSubjectX500Principal().getName();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Certificates issue(KeyPair issuerKeys, String issuer, String subject, Certificates parent,
            BasicConstraints authority, Instant begin) {
        try {
            KeyPair keys = parent == null ? issuerKeys : keys();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Name(issuer), BigInteger.ONE,
                    Date.from(begin), Date.from(begin.plus(Duration.ofDays(1))), new X500Name(subject),
                    keys.getPublic());
            if (authority != null) {
                builder.addExtension(Extension.basicConstraints, true, authority);
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            } else {
                builder.addExtension(Extension.extendedKeyUsage, false,
                        new ExtendedKeyUsage(subject.contains("client")
                                ? KeyPurposeId.id_kp_clientAuth
                                : KeyPurposeId.id_kp_serverAuth));
            }
            return new Certificates(keys, new JcaX509CertificateConverter().getCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate()))));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** For a server that presents this certificate and those above it. */
    SSLContext serving(X509Certificate... above) throws Exception {
        Certificate[] chain = new Certificate[above.length + 1];
        chain[0] = certificate;
        System.arraycopy(above, 0, chain, 1, above.length);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), new char[0], chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
