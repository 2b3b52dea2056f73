package dev.hansa.server;

import dev.hansa.server.trust.ServerCertificate;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every now and then whether the certificate ends soon, and has a new one shown in time, until it is closed. */
final class CertificateRenewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);

    private final ServerCertificate certificate;
    private final Clock clock;
    private final Consumer<KeyStore> server;
    private final Thread thread;

    /**
     * Begins.
     *
     * @param server is given the key and the chain of each new certificate
     */
    CertificateRenewal(ServerCertificate certificate, Clock clock, Duration every, Consumer<KeyStore> server) {
        this.certificate = certificate;
        this.clock = clock;
        this.server = server;
        this.thread = Thread.ofVirtual().name("hansa-certificate").start(() -> repeat(every));
    }

    private void repeat(Duration every) {
        try {
            while (true) {
                Thread.sleep(every);
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("the certificate is looked after no more");
        }
    }

    private void look() {
        try {
            if (certificate.renewIfDue(clock.instant(), server)) {
                LOG.info("the coordinator shows a new certificate");
            }
        } catch (RuntimeException e) {
            LOG.warn("the certificate could not be renewed; trying again later", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
