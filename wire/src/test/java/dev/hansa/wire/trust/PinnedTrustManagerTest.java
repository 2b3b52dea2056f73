package dev.hansa.wire.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PinnedTrustManagerTest {
    private static final Instant NOON = Certificates.BEGIN.plus(Duration.ofHours(12));

    private final Certificates authority = Certificates.authority("CN=Hansa authority");
    private final Certificates server = authority.server("CN=server");

    private static Sha256 fingerprint(Certificates authority) throws CertificateException {
        return Sha256.of(authority.certificate.getEncoded());
    }

    private ThrowingCallable checkingAt(Instant now, Certificates... chain) throws CertificateException {
        PinnedTrustManager trust = new PinnedTrustManager(fingerprint(authority), Clock.fixed(now, ZoneOffset.UTC));
        X509Certificate[] certificates = Stream.of(chain).map(link -> link.certificate)
                .toArray(X509Certificate[]::new);
        return () -> trust.checkServerTrusted(certificates, "ECDHE_ECDSA");
    }

    private ThrowingCallable checking(Certificates... chain) throws CertificateException {
        return checkingAt(NOON, chain);
    }

    @Test
    void aServerUnderTheAuthorityIsTrusted() throws Exception {
        Certificates between = authority.authorityBelow("CN=between", 0);

        assertThatCode(checking(server, authority)).doesNotThrowAnyException();
        assertThatCode(checking(between.server("CN=server"), between, authority)).doesNotThrowAnyException();
        assertThatCode(checking(server, authority, Certificates.authority("CN=unrelated"))).doesNotThrowAnyException();
        assertThatCode(checking(authority)).doesNotThrowAnyException();
    }

    @Test
    void anotherAuthorityOfTheSameNameIsNot() throws Exception {
        Certificates other = Certificates.authority("CN=Hansa authority");

        assertThatThrownBy(checking(other.server("CN=server"), other)).isInstanceOf(WrongFingerprintException.class)
                .hasMessageContaining("has the fingerprint " + fingerprint(other))
                .hasMessageContaining("the token expects " + fingerprint(authority))
                .hasMessageContaining("ask for a new token");
        assertThatThrownBy(checking(server)).isInstanceOf(WrongFingerprintException.class);
        assertThatThrownBy(checking()).hasMessage("the server sent no certificate");
    }

    @Test
    void theAuthoritysCertificateAloneVouchesForNobody() throws Exception {
        Certificates other = Certificates.authority("CN=other");
        Certificates sameName = Certificates.authority("CN=Hansa authority");

        assertThatThrownBy(checking(other.server("CN=server"), authority))
                .hasMessage("the certificate of CN=server was not issued by the certificate of CN=Hansa authority");
        assertThatThrownBy(checking(sameName.server("CN=server"), authority))
                .hasMessage("the certificate of CN=server was not signed by the certificate of CN=Hansa authority");
        assertThatThrownBy(checking(authority.serverIssuedAs("CN=other", "CN=server"), authority))
                .hasMessageContaining("was not issued by");
    }

    @Test
    void aServerCannotIssueCertificates() throws Exception {
        assertThatThrownBy(checking(server.server("CN=another"), server, authority))
                .hasMessage("the certificate of CN=server is not allowed to issue the certificate of CN=another");
        Certificates between = authority.authorityBelow("CN=between", 0);
        Certificates lower = between.authorityBelow("CN=lower", 0);
        assertThatThrownBy(checking(lower.server("CN=server"), lower, between, authority))
                .hasMessage("the certificate of CN=between is not allowed to issue the certificate of CN=lower");
    }

    @Test
    void aCertificateForClientsDoesNotServe() throws Exception {
        assertThatThrownBy(checking(authority.server("CN=client"), authority))
                .hasMessage("the certificate of CN=client is not made for a server");
    }

    @Test
    void clocksMayDifferByFiveMinutes() throws Exception {
        Duration five = Duration.ofMinutes(5);
        Duration second = Duration.ofSeconds(1);

        assertThatCode(checkingAt(Certificates.BEGIN.minus(five), server, authority)).doesNotThrowAnyException();
        assertThatCode(checkingAt(Certificates.END.plus(five), server, authority)).doesNotThrowAnyException();
        assertThatThrownBy(checkingAt(Certificates.BEGIN.minus(five).minus(second), server, authority))
                .hasMessage("the certificate of CN=server is valid from 2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z, "
                        + "but here it is 2025-12-31T23:54:59Z; is the clock of this machine right?");
        assertThatThrownBy(checkingAt(Certificates.END.plus(five).plus(second), server, authority))
                .hasMessageContaining("is valid from");
        assertThatThrownBy(checkingAt(Certificates.END.plus(five).plus(second),
                authority.server("CN=server", Certificates.END), authority))
                .hasMessageStartingWith("the certificate of CN=Hansa authority is valid from");
    }

    @Test
    void clientsAreNotKnownByCertificates() throws Exception {
        PinnedTrustManager trust = new PinnedTrustManager(fingerprint(authority), Clock.fixed(NOON, ZoneOffset.UTC));

        assertThatThrownBy(() -> trust.checkClientTrusted(new X509Certificate[]{server.certificate}, "EC"))
                .isInstanceOf(CertificateException.class);
        assertThat(trust.getAcceptedIssuers()).isEmpty();
    }

    @Test
    void aHandshakePassesWithTheRightFingerprintAndFailsForTheReasonOtherwise() throws Exception {
        assertThatCode(() -> handshake(fingerprint(authority))).doesNotThrowAnyException();
        assertThatThrownBy(() -> handshake(Sha256.of(new byte[0]))).isInstanceOf(SSLHandshakeException.class)
                .hasCauseInstanceOf(WrongFingerprintException.class);
    }

    private void handshake(Sha256 fingerprint) throws Exception {
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, new TrustManager[]{
                new PinnedTrustManager(fingerprint, Clock.fixed(NOON, ZoneOffset.UTC))}, null);
        try (SSLServerSocket listening = (SSLServerSocket) server.serving(authority.certificate)
                .getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.startHandshake();
                } catch (IOException e) {
                    // The client tells why.
                }
            });
            try (SSLSocket socket = (SSLSocket) client.getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
                socket.startHandshake();
            }
            served.join();
        }
    }
}
