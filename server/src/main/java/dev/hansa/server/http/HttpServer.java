package dev.hansa.server.http;

import dev.hansa.core.FederationException;
import dev.hansa.server.store.DiskFull;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpResponseException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The coordinator's port, open. Each request has a virtual thread, so one that waits costs next to nothing. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Javalin javalin;

    private HttpServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /** Listens. */
    public static HttpServer start(Port port, KeyStore keys, PortLimits limits, Clock clock,
            DiskFull diskFull, List<Consumer<RoutesConfig>> endpoints) {
        Answers answers = new Answers(clock, diskFull);
        Javalin javalin = Javalin.create(config -> {
            beModest(config);
            config.jetty.addConnector((server, http) -> TlsConnector.of(server, http, keys, port.channel(), limits));
            config.jetty.modifyServer(server -> {
                server.setErrorHandler(new Silent());
                server.setStopTimeout(DRAIN.toMillis());
            });
            config.routes.before(request -> request.header("X-Content-Type-Options", "nosniff")
                    .header("Cache-Control", "no-store").header("Content-Security-Policy", "default-src 'none'"));
            endpoints.forEach(routes -> routes.accept(config.routes));
            config.routes.exception(HttpResponseException.class, (problem, request) -> answers.error(request, problem));
            config.routes.exception(Exception.class, (problem, request) -> answers.error(request, problem));
        });
        return new HttpServer(javalin.start());
    }

    private static void beModest(JavalinConfig config) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.generateEtags = false;
        config.http.compressionStrategy = CompressionStrategy.NONE; // blobs do not shrink, messages are small
    }

    /** Shows another certificate to those who connect from now on. */
    public void present(KeyStore keys) {
        for (Connector connector : javalin.jettyServer().server().getConnectors()) {
            try {
                connector.getConnectionFactory(SslConnectionFactory.class).getSslContextFactory()
                        .reload(tls -> tls.setKeyStore(keys));
            } catch (Exception e) {
                throw new FederationException("the new certificate cannot be shown: " + e.getMessage(), true, e);
            }
        }
    }

    /** Takes no more requests, and lets those that are being answered end, for a while. */
    @Override
    public void close() {
        try {
            javalin.jettyServer().server().stop(); // Javalin would tell of requests that are cut off as of an error
        } catch (TimeoutException e) {
            LOG.info("some requests were cut off after {} seconds; who sent them goes on after the next start",
                    DRAIN.toSeconds());
        } catch (Exception e) {
            throw new FederationException("the port was not closed well: " + e.getMessage(), false, e);
        }
    }

    /** What Jetty refuses before anybody sees it gets a status and nothing else. */
    private static final class Silent extends ErrorHandler {
        @Override
        public boolean handle(org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response,
                org.eclipse.jetty.util.Callback callback) {
            callback.succeeded();
            return true;
        }
    }
}
