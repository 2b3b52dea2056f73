package dev.hansa.cli;

import tools.jackson.databind.json.JsonMapper;

/** Results for machines: one object on one line, the last of standard output. */
public final class Json {
    public static final String OPTION = "--json";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** The object without a line break. */
    public static String line(Object object) {
        return MAPPER.writeValueAsString(object);
    }
}
