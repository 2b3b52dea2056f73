package dev.hansa.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * What another program made of the same numbers: a value of JSON, as far as the files of the references need it: texts
 * without escapes, numbers, lists, objects, null, and true as 1.
 */
public record Oracle(Object value) {
    /** The cases of a file; the test is skipped without it. */
    public static List<Oracle> cases(String name) {
        return object(name).list();
    }

    /** What is in a file, if that is no list; the test is skipped without it. */
    public static Oracle object(String name) {
        Path file = ReferenceFiles.require("oracles/" + name);
        try {
            return new Oracle(value(new StringTokenizer(Files.readString(file), "[]{},:\"\n", true)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(String name) {
        Object found = ((Map<?, ?>) value).get(name);
        return found != null && !found.equals("");
    }

    public Oracle get(String name) {
        Object found = ((Map<?, ?>) value).get(name);
        if (found == null) {
            throw new AssertionError("there is no " + name);
        }
        return new Oracle(found);
    }

    public List<Oracle> list() {
        return ((List<?>) value).stream().map(Oracle::new).toList();
    }

    public double number() {
        return value instanceof Double number ? number : Double.parseDouble((String) value);
    }

    public double[] vector() {
        return list().stream().mapToDouble(Oracle::number).toArray();
    }

    public double[][] vectors() {
        return list().stream().map(Oracle::vector).toArray(double[][]::new);
    }

    public int[] indices() {
        return list().stream().mapToInt(index -> (int) index.number()).toArray();
    }

    private static Object value(StringTokenizer tokens) {
        String token = next(tokens);
        if (token.equals("[")) {
            List<Object> list = new ArrayList<>();
            do {
                list.add(value(tokens));
            } while (next(tokens).equals(","));
            return list;
        } else if (token.equals("{")) {
            Map<Object, Object> object = new LinkedHashMap<>();
            do {
                Object name = value(tokens);
                next(tokens); // a colon
                object.put(name, value(tokens));
            } while (next(tokens).equals(","));
            return object;
        } else if (token.equals("\"")) {
            StringBuilder text = new StringBuilder();
            for (String part = tokens.nextToken(); !part.equals("\""); part = tokens.nextToken()) {
                text.append(part);
            }
            return text.toString();
        }
        return switch (token) {
            case "null" -> "";
            case "true" -> 1.0;
            case "false" -> 0.0;
            default -> Double.valueOf(token);
        };
    }

    private static String next(StringTokenizer tokens) {
        String token = tokens.nextToken().trim();
        return token.isEmpty() ? next(tokens) : token;
    }

    @Override
    public String toString() {
        return value instanceof Map && has("name") ? get("name").toString() : value.toString();
    }
}
