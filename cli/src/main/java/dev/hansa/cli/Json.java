package dev.hansa.cli;

/** Results for machines: one object on one line, the last of standard output. */
public final class Json {
    public static final String OPTION = "--json";

    private Json() {}

    /** The object without a line break, in the forms of the coordinator's API: times as ISO-8601, metrics by name. */
    public static String line(Object object) {
        return dev.hansa.server.api.Json.mapper().writeValueAsString(object);
    }
}
