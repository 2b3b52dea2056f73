package dev.hansa.wire;

/**
 * The paths of {@code docs/protocol.md}. A part in braces is a parameter, to be replaced by {@link #at}.
 */
public final class Endpoints {
    public static final String JOIN = "/v1/join";
    public static final String HELLO = "/v1/hello";
    public static final String NEXT_TASK = "/v1/tasks/next";
    public static final String BLOB = "/v1/blobs/{sha256}";
    public static final String UPDATE = "/v1/tasks/{id}/update/{sha256}";
    public static final String REPORT = "/v1/tasks/{id}/report";
    public static final String LEAVE = "/v1/leave";

    public static final String LIVE = "/health/live";
    public static final String READY = "/health/ready";
    public static final String RUNS = "/v1/runs";
    public static final String RUN = "/v1/runs/{id}";
    public static final String STOP = "/v1/runs/{id}/stop";
    public static final String EVENTS = "/v1/runs/{id}/events";
    public static final String SPEC = "/v1/runs/{id}/spec";
    public static final String MODEL = "/v1/runs/{id}/model";
    public static final String SURVEYS = "/v1/surveys";
    public static final String SURVEY = "/v1/surveys/{id}";
    public static final String NODES = "/v1/nodes";
    public static final String NODE = "/v1/nodes/{name}";
    public static final String TOKENS = "/v1/tokens";
    public static final String ACCESS = "/v1/access";
    public static final String ACCESS_OF = "/v1/access/{name}";
    public static final String AUDIT = "/v1/audit";

    /** Query parameter: the most seconds to hold the answer back until there is something to say. */
    public static final String WAIT = "wait";
    /** Query parameter: how many bytes of model the answer may hold within it. */
    public static final String INLINE = "inline";
    /** Query parameter: where in the blob the body of an upload begins, in bytes. */
    public static final String OFFSET = "offset";
    /** Query parameter: the size of the whole blob in bytes. */
    public static final String SIZE = "size";
    /** Query parameter: the number of the last event, or entry of the audit log, that is known. */
    public static final String AFTER = "after";

    /** Query parameter: {@code last} for the model of the last committed round, {@code best} for that of the best. */
    public static final String WHICH = "which";

    /** The type of control messages to and from nodes. */
    public static final String PROTOBUF = "application/x-protobuf";

    private Endpoints() {}

    /**
     * The path with its parameters filled in, in their order.
     *
     * @param values of letters, digits and {@code . _ -} alone, which need no escaping; neither {@code .} nor {@code ..}
     */
    public static String at(String path, String... values) {
        String result = path;
        for (String value : values) {
            int from = result.indexOf('{');
            int to = result.indexOf('}');
            if (from < 0 || !value.matches("[A-Za-z0-9._-]+") || value.equals(".") || value.equals("..")) {
                throw new IllegalArgumentException("\"" + value + "\" does not fit into the path " + result);
            }
            result = result.substring(0, from) + value + result.substring(to + 1);
        }
        if (result.indexOf('{') >= 0) {
            throw new IllegalArgumentException("the path " + result + " needs more values");
        }
        return result;
    }
}
