package dev.hansa.server.faults;

import okhttp3.HttpUrl;

/**
 * A node's request.
 *
 * @param from     the first byte that is wanted of a blob
 * @param arriving how many bytes of the body arrive before the connection breaks; all if it does not
 */
record Request(String node, String method, HttpUrl url, int from, byte[] body, int arriving) {

    long number(String name, long otherwise) {
        String value = url.queryParameter(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    /** The same, of whose body only so much arrives. */
    Request cutTo(int bytes) {
        return new Request(node, method, url, from, body, bytes);
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
