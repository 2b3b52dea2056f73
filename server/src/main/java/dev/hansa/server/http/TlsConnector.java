package dev.hansa.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.security.KeyStore;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The one port: HTTP/1.1 over TLS 1.2 or 1.3. */
final class TlsConnector {
    private static final int HEADER_BYTES = 16 << 10;

    private TlsConnector() {}

    /** @param port bound already */
    static Connector of(Server server, HttpConfiguration http, KeyStore keys, ServerSocketChannel port,
            PortLimits limits) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(keys);
        tls.setKeyStorePassword("");
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setHeaderCacheSize(0); // signatures and times are never the same again, and it takes 64 KiB a connection
        // Clients check the certificate against the name they asked for; an IP address cannot be named in the handshake.
        http.addCustomizer(new SecureRequestCustomizer(false));
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector =
                new ServerConnector(server, new SslConnectionFactory(tls, plain.getProtocol()), plain);
        connector.setIdleTimeout(limits.idle().toMillis());
        HeadDeadline deadline =
                new HeadDeadline(connector.getScheduler(), limits.head(), limits.idle().plus(limits.head()));
        connector.addBean(deadline);
        http.addCustomizer(deadline);
        server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        try {
            connector.open(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return connector;
    }
}
