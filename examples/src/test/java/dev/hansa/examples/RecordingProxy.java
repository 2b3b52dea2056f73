package dev.hansa.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * Stands between a node and its coordinator, ends TLS on both sides and keeps every byte that passes, as plain text.
 *
 * <p>Possible only because the test hands the node a token with this proxy's certificate authority.
 */
final class RecordingProxy implements AutoCloseable {
    private final SSLServerSocket listening;
    private final SSLContext towardsCoordinator;
    private final int coordinatorPort;
    private final ByteArrayOutputStream fromNode = new ByteArrayOutputStream();
    private final ByteArrayOutputStream toNode = new ByteArrayOutputStream();

    /**
     * @param asCoordinator      presents the certificate that the node trusts
     * @param towardsCoordinator trusts the coordinator
     */
    RecordingProxy(SSLContext asCoordinator, SSLContext towardsCoordinator, int coordinatorPort) throws IOException {
        this.listening = (SSLServerSocket) asCoordinator.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.towardsCoordinator = towardsCoordinator;
        this.coordinatorPort = coordinatorPort;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** All that the node has sent. */
    byte[] fromNode() {
        synchronized (fromNode) {
            return fromNode.toByteArray();
        }
    }

    /** All that the node has received. */
    byte[] toNode() {
        synchronized (toNode) {
            return toNode.toByteArray();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket node = listening.accept();
                Socket coordinator = towardsCoordinator.getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), coordinatorPort);
                Thread.ofVirtual().start(() -> pump(node, coordinator, fromNode));
                Thread.ofVirtual().start(() -> pump(coordinator, node, toNode));
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void pump(Socket from, Socket to, ByteArrayOutputStream record) {
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[1 << 14];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (record) {
                    record.write(buffer, 0, n);
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // one side hung up; closing both tells the other
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
