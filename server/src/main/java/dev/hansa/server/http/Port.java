package dev.hansa.server.http;

import dev.hansa.core.FederationException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port of this machine, bound before the server starts: the address is known when tokens are made. */
public record Port(ServerSocketChannel channel, int number) {
    private static final Logger LOG = LoggerFactory.getLogger(Port.class);

    /** Binds the port that a coordinator had before, which nodes know, or any other if that is not free any more. */
    public static Port bindAgain(String host, int before) {
        try {
            return bind(host, before);
        } catch (FederationException e) {
            LOG.warn(
                    "this coordinator had the port {} before, where its nodes look for it, and it cannot have it again: {}",
                    before, e.getMessage());
            return bind(host, 0);
        }
    }

    /**
     * Binds.
     *
     * @param port 0 for any that is free
     * @throws FederationException if the port is in use or the host is not this machine's
     */
    public static Port bind(String host, int port) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                if (!System.getProperty("os.name", "").startsWith("Windows")) { // where it would share the port
                    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                }
                channel.bind(new InetSocketAddress(host, port));
                return new Port(channel, ((InetSocketAddress) channel.getLocalAddress()).getPort());
            } catch (IOException | UnresolvedAddressException e) {
                channel.close();
                throw e;
            }
        } catch (BindException e) {
            throw new FederationException("cannot listen on " + host + ", port " + port + " (" + e.getMessage()
                    + "): another program uses the port, or the address is not this machine's; choose another port,"
                    + " or stop that program", false, e);
        } catch (IOException | UnresolvedAddressException e) {
            throw new FederationException("cannot listen on " + host + ", port " + port + ": " + e + "; is " + host
                    + " an address of this machine?", false, e);
        }
    }
}
