package dev.hansa.server.trust;

import dev.hansa.core.FederationException;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the coordinator shows to those who connect: a certificate for all its names, signed by its own authority, renewed
 * when it is opened and the names have changed or a month or less is left.
 */
public final class ServerCertificate {
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final Authority authority;
    private final Identity identity;

    private ServerCertificate(Authority authority, Identity identity) {
        this.authority = authority;
        this.identity = identity;
    }

    /**
     * The certificate kept in the data directory, made or renewed if need be.
     *
     * @param hosts names and addresses by which the coordinator is reached, beside those that it finds itself
     */
    public static ServerCertificate open(DataDirectory directory, Collection<String> hosts, Instant now) {
        Path folder = directory.folder("trust");
        Authority authority = Authority.open(folder.resolve("authority.pem"), now);
        Path file = folder.resolve("server.pem");
        List<String> names = names(hosts);
        Identity identity = Identity.read(file).filter(kept -> good(kept.certificate(), authority, names, now))
                .orElseGet(() -> {
                    Identity made = authority.issue(names, now);
                    made.write(file);
                    return made;
                });
        return new ServerCertificate(authority, identity);
    }

    private static List<String> names(Collection<String> hosts) {
        List<String> names = new ArrayList<>(List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"));
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (IOException nameless) {
            // a machine without a name is reached by the others
        }
        names.addAll(hosts);
        return names.stream().distinct().toList();
    }

    private static boolean good(X509Certificate certificate, Authority authority, List<String> names, Instant now) {
        try {
            certificate.verify(authority.certificate().getPublicKey());
            return certified(certificate).containsAll(names)
                    && now.plus(RENEW_BEFORE).isBefore(certificate.getNotAfter().toInstant());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Set<Object> certified(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null ? Set.of() : names.stream().<Object>map(name -> name.get(1)).collect(Collectors.toSet());
    }

    /** Of the authority's certificate, DER: what tokens carry. */
    public Sha256 fingerprint() {
        return authority.fingerprint();
    }

    /** Key and chain in the form that servers take, in memory alone; the key has no password. */
    public KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("coordinator", identity.key(), new char[0],
                    new Certificate[]{identity.certificate(), authority.certificate()});
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new FederationException("cannot use the server's certificate: " + e.getMessage(), false, e);
        }
    }
}
