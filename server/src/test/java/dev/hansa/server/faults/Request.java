package dev.hansa.server.faults;

import java.util.List;
import okhttp3.HttpUrl;

/**
 * A node's request.
 *
 * @param time     of the node's clock, in milliseconds since 1970
 * @param from     the first byte that is wanted of a blob
 * @param arriving how many bytes of the body arrive before the connection breaks; all if it does not
 */
record Request(String node, String method, HttpUrl url, long time, int from, byte[] body, int arriving) {

    long number(String name, long otherwise) {
        String value = url.queryParameter(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    /** The id of the task that it is about; empty if it is about none. */
    String task() {
        List<String> path = url.pathSegments();
        return path.size() > 3 ? path.get(2) : "";
    }

    /** The same, of whose body only so much arrives. */
    Request cutTo(int bytes) {
        return new Request(node, method, url, time, from, body, bytes);
    }

    @Override
    public String toString() {
        String path =
                url.encodedPath().replaceFirst("^/v1/", "").replaceAll("0{20,}", "").replaceAll("\\p{XDigit}{60,}",
                        "…");
        return node + " " + method + " " + path + (from > 0 ? " from " + from : "")
                + (method.equals("PUT") ? " at " + number("offset", 0) + ": " + arriving + " of " + body.length : "");
    }
}
