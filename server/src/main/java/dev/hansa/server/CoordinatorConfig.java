package dev.hansa.server;

import dev.hansa.core.data.DataSource;
import dev.hansa.server.http.PortLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What a coordinator is told when it starts.
 *
 * @param dataDirectory its own folder, made if need be
 * @param bindAddress   where it listens, such as {@code 127.0.0.1}, or {@code 0.0.0.0} for all of the machine's addresses
 * @param port          0 for any that is free
 * @param hosts         names and addresses under which nodes and operators reach it, beside {@code localhost} and the
 *                      machine's name; the first one stands in tokens. An address of IPv6 may stand in brackets
 * @param clock         for signatures, expiry and what people read
 * @param limits        of the port
 * @param rows          by name, rows of its own on which runs may measure, or which they may trust
 */
public record CoordinatorConfig(Path dataDirectory, String bindAddress, int port, List<String> hosts, Clock clock,
        PortLimits limits, Map<String, DataSource> rows) {

    public CoordinatorConfig {
        rows = Map.copyOf(rows);
        hosts = hosts.stream().map(host -> host.replaceFirst("^\\[(.*)]$", "$1")).toList();
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the port is " + port + ", expected from 0 to 65535");
        }
    }

    /** Without rows of its own. */
    public CoordinatorConfig(Path dataDirectory, String bindAddress, int port, List<String> hosts, Clock clock,
            PortLimits limits) {
        this(dataDirectory, bindAddress, port, hosts, clock, limits, Map.of());
    }

    /** With the usual limits. */
    public CoordinatorConfig(Path dataDirectory, String bindAddress, int port, List<String> hosts, Clock clock) {
        this(dataDirectory, bindAddress, port, hosts, clock, PortLimits.USUAL);
    }
}
