package dev.hansa.server.trust;

/** What a person may do at a coordinator, kind by kind. */
public enum Right {
    /** See runs, nodes and surveys. */
    SEE("see runs, nodes and surveys"),
    /** Start and stop runs and surveys. */
    RUN("start and stop runs and surveys"),
    /** Take models away. */
    TAKE("take models away"),
    /** Let nodes in, and send them away. */
    ADMIT("let nodes in or send them away"),
    /** Read who did what. */
    AUDIT("read the audit log"),
    /** Give and revoke the rights of others. */
    GRANT("give or revoke rights");

    private final String words;

    Right(String words) {
        this.words = words;
    }

    /** For people, behind "may". */
    public String words() {
        return words;
    }
}
