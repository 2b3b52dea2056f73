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
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What the coordinator shows to those who connect: a certificate for all its names, signed by its own authority, renewed
 * when it is opened and the names have changed, and whenever a month or less is left. Safe for several threads.
 */
public final class ServerCertificate {
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final Authority authority;
    private final Path file;
    private final List<String> names;
    private volatile Identity identity;

    private ServerCertificate(Authority authority, Path file, List<String> names, Instant now) {
        this.authority = authority;
        this.file = file;
        this.names = names;
        this.identity = Identity.read(file).filter(kept -> good(kept.certificate(), now)).orElseGet(() -> make(now));
    }

    /**
     * The certificate kept in the data directory, made or renewed if need be.
     *
     * @param hosts names and addresses by which the coordinator is reached, beside those that it finds itself
     */
    public static ServerCertificate open(DataDirectory directory, Collection<String> hosts, Instant now) {
        Path folder = directory.folder("trust");
        Authority authority = Authority.open(folder.resolve("authority.pem"), now);
        return new ServerCertificate(authority, folder.resolve("server.pem"), names(hosts), now);
    }

    /**
     * Makes another certificate if this one ends soon, which takes its place once it is shown.
     *
     * @param show is given key and chain of the new one; while it throws, the certificate stays due
     * @return whether a new one is shown
     */
    public boolean renewIfDue(Instant now, Consumer<KeyStore> show) {
        if (good(identity.certificate(), now)) {
            return false;
        }
        Identity made = make(now);
        show.accept(keyStore(made));
        identity = made;
        return true;
    }

    private Identity make(Instant now) {
        Identity made = authority.issue(names, now);
        made.write(file);
        return made;
    }

    private static List<String> names(Collection<String> hosts) {
        List<String> names = new ArrayList<>(List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"));
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (IOException nameless) {
            // a machine without a name is reached by the others
        }
        hosts.stream().map(ServerCertificate::spelt).forEach(names::add);
        return names.stream().distinct().toList();
    }

    /** An address of IPv6 has many spellings; certificates are read with this one. */
    private static String spelt(String host) {
        if (host.indexOf(':') < 0) {
            return host;
        }
        try {
            String address = InetAddress.getByName(host).getHostAddress();
            return address.substring(0, address.indexOf('%') < 0 ? address.length() : address.indexOf('%'));
        } catch (IOException e) {
            throw new FederationException("the coordinator cannot be reached as \"" + host
                    + "\", which is neither a name nor an address; an address of IPv6 looks like ::1", false, e);
        }
    }

    private boolean good(X509Certificate certificate, Instant now) {
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
        return keyStore(identity);
    }

    private KeyStore keyStore(Identity shown) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("coordinator", shown.key(), new char[0],
                    new Certificate[]{shown.certificate(), authority.certificate()});
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new FederationException("cannot use the server's certificate: " + e.getMessage(), false, e);
        }
    }
}
