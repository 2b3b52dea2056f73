package dev.hansa.server.trust;

import dev.hansa.core.FederationException;
import dev.hansa.wire.Sha256;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The coordinator's own certificate authority: made at its first start, known to nodes and operators by the digest of its
 * certificate, which their tokens carry.
 */
final class Authority {
    private static final Duration VALID = Duration.ofDays(20 * 365);
    private static final Duration SERVER_VALID = Duration.ofDays(397);
    /** Clocks differ: what is valid now was so a day ago. */
    private static final Duration BEFORE = Duration.ofDays(1);
    private static final X500Name NAME = new X500Name("CN=Hansa coordinator's authority");

    private final Identity identity;

    private Authority(Identity identity) {
        this.identity = identity;
    }

    /** The authority kept in the file, made if there is none. */
    static Authority open(Path file, Instant now) {
        return new Authority(Identity.read(file).orElseGet(() -> {
            Identity made = make(now);
            made.write(file);
            return made;
        }));
    }

    private static Identity make(Instant now) {
        try {
            KeyPair keys = newKeys();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(NAME, newSerial(),
                    Date.from(now.minus(BEFORE)), Date.from(now.plus(VALID)), NAME, keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new Identity(sign(builder, keys), keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new FederationException("cannot make a certificate authority: " + e.getMessage(), false, e);
        }
    }

    /** A new certificate for a server that is reached by these names and addresses. */
    Identity issue(List<String> hosts, Instant now) {
        try {
            KeyPair keys = newKeys();
            GeneralName[] names = hosts.stream().map(Authority::name).toArray(GeneralName[]::new);
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(NAME, newSerial(),
                    Date.from(now.minus(BEFORE)), Date.from(now.plus(SERVER_VALID)),
                    new X500Name("CN=Hansa coordinator"), keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false,
                            new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            return new Identity(sign(builder, new KeyPair(identity.certificate().getPublicKey(), identity.key())),
                    keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException
                | IllegalArgumentException e) {
            throw new FederationException("cannot make a certificate for " + hosts + ": " + e.getMessage(), false, e);
        }
    }

    private static GeneralName name(String host) {
        boolean address = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static BigInteger newSerial() {
        return new BigInteger(126, new SecureRandom()).setBit(126);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair issuer)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter().getCertificate(
                builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    }

    X509Certificate certificate() {
        return identity.certificate();
    }

    /** Of the certificate, DER: what tokens carry. */
    Sha256 fingerprint() {
        try {
            return Sha256.of(identity.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }
}
