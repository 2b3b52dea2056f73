package dev.hansa.cli.io;

import dev.hansa.cli.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a command ended, as people have been told already; machines are told at {@link #end}.
 *
 * @param object for machines
 */
public record Told(ExitCode code, Map<String, Object> object) {

    /** The same with something more for machines. */
    public Told with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(object);
        more.put(key, value);
        return new Told(code, more);
    }

    /**
     * Tells machines.
     *
     * @return the exit code
     */
    public int end(Output output) {
        output.json(object);
        return code.number();
    }
}
