package dev.hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.server.http.HttpServer;
import dev.hansa.server.http.Port;
import dev.hansa.server.http.PortLimits;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.trust.ServerCertificate;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.PinnedTrustManager;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CertificateRenewalTest {
    @TempDir
    Path folder;
    private final MovableClock clock = new MovableClock();

    @Test
    void aCoordinatorThatRunsForAYearShowsANewCertificateInTime() throws Exception {
        Port port = Port.bind("127.0.0.1", 0);
        try (DataDirectory directory = DataDirectory.open(folder)) {
            ServerCertificate certificate = ServerCertificate.open(directory, List.of(), clock.instant());
            try (HttpServer server = HttpServer.start(port, certificate.keyStore(), PortLimits.USUAL, clock,
                    directory.diskFull(), List.of());
                    CertificateRenewal renewal = new CertificateRenewal(certificate, clock, Duration.ofMillis(5),
                            server::present)) {
                X509Certificate first = shown(port, certificate.fingerprint());
                assertThat(shown(port, certificate.fingerprint())).isEqualTo(first);
                clock.forward(Duration.ofDays(380));
                X509Certificate second = shown(port, certificate.fingerprint());
                while (second.equals(first)) {
                    second = shown(port, certificate.fingerprint());
                }
                assertThat(second.getNotAfter()).isAfter(first.getNotAfter());
                assertThat(renewal).isNotNull();
            }
        }
    }

    private X509Certificate shown(Port port, Sha256 fingerprint) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[]{new PinnedTrustManager(fingerprint, clock)}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port.number())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
