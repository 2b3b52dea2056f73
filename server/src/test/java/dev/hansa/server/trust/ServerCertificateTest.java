package dev.hansa.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.FederationException;
import dev.hansa.server.store.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;
    private DataDirectory directory;

    @BeforeEach
    void open() {
        directory = DataDirectory.open(folder);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void theSameCertificateIsShownAtEachStart() throws Exception {
        ServerCertificate first = ServerCertificate.open(directory, List.of(), NOW);
        ServerCertificate second = ServerCertificate.open(directory, List.of(), NOW.plus(Duration.ofDays(300)));
        assertThat(certificate(second)).isEqualTo(certificate(first));
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    }

    @Test
    void itIsRenewedByTheSameAuthorityBeforeItExpires() throws Exception {
        ServerCertificate first = ServerCertificate.open(directory, List.of(), NOW);
        ServerCertificate second = ServerCertificate.open(directory, List.of(), NOW.plus(Duration.ofDays(380)));
        assertThat(certificate(second)).isNotEqualTo(certificate(first));
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    }

    @Test
    void itNamesTheHostsAndIsRenewedWhenTheyChange() throws Exception {
        ServerCertificate.open(directory, List.of(), NOW);
        X509Certificate renewed =
                certificate(ServerCertificate.open(directory, List.of("hansa.example.org", "10.1.2.3"), NOW));
        assertThat(renewed.getSubjectAlternativeNames()).extracting(name -> (Object) name.get(1))
                .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "hansa.example.org", "10.1.2.3");
    }

    @Test
    void anAddressOfIpv6IsNamedHoweverItIsSpelt() throws Exception {
        ServerCertificate first = ServerCertificate.open(directory, List.of("fd00::0:7"), NOW);
        assertThat(certificate(first).getSubjectAlternativeNames()).extracting(name -> (Object) name.get(1))
                .contains("fd00:0:0:0:0:0:0:7");
        assertThat(certificate(ServerCertificate.open(directory, List.of("fd00::7"), NOW)))
                .isEqualTo(certificate(first));
    }

    @Test
    void itIsRenewedWhileItIsShown() throws Exception {
        ServerCertificate shown = ServerCertificate.open(directory, List.of(), NOW);
        X509Certificate first = certificate(shown);
        assertThat(shown.renewIfDue(NOW.plus(Duration.ofDays(300)), keys -> {})).isFalse();
        assertThat(certificate(shown)).isEqualTo(first);
        assertThat(shown.renewIfDue(NOW.plus(Duration.ofDays(380)), keys -> {})).isTrue();
        assertThat(certificate(shown)).isNotEqualTo(first);
        assertThat(certificate(ServerCertificate.open(directory, List.of(), NOW.plus(Duration.ofDays(380)))))
                .isEqualTo(certificate(shown));
    }

    @Test
    void aCertificateThatCouldNotBeShownStaysDue() throws Exception {
        ServerCertificate shown = ServerCertificate.open(directory, List.of(), NOW);
        X509Certificate first = certificate(shown);
        Instant due = NOW.plus(Duration.ofDays(380));
        assertThatThrownBy(() -> shown.renewIfDue(due, keys -> {
            throw new FederationException("not shown", true);
        })).hasMessage("not shown");
        assertThat(certificate(shown)).isEqualTo(first);
        assertThat(shown.renewIfDue(due, keys -> {})).isTrue();
        assertThat(certificate(shown)).isNotEqualTo(first);
    }

    @Test
    void onlyTheOwnerMayReadTheKeys() throws Exception {
        ServerCertificate.open(directory, List.of(), NOW);
        for (String file : List.of("authority.pem", "server.pem")) {
            assertThat(PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(folder.resolve("trust").resolve(file)))).isEqualTo("rw-------");
        }
    }

    private static X509Certificate certificate(ServerCertificate server) throws Exception {
        return (X509Certificate) server.keyStore().getCertificate("coordinator");
    }
}
