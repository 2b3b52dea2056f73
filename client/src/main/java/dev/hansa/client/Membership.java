package dev.hansa.client;

import dev.hansa.wire.Sha256;
import java.net.URI;
import java.util.Properties;

/**
 * To whom a node belongs, and as what.
 *
 * @param node        what the coordinator calls it
 * @param address     of the coordinator
 * @param fingerprint of the coordinator's authority
 */
public record Membership(String node, URI address, Sha256 fingerprint) {

    static Membership of(Properties properties) {
        return new Membership(property(properties, "node"), URI.create(property(properties, "address")),
                Sha256.parse(property(properties, "fingerprint")));
    }

    private static String property(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("it names no " + name);
        }
        return value;
    }

    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("node", node);
        properties.setProperty("address", address.toString());
        properties.setProperty("fingerprint", fingerprint.hex());
        return properties;
    }
}
