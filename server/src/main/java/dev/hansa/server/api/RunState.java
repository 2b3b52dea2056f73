package dev.hansa.server.api;

/** Where a run stands. */
public enum RunState {
    /** Not enough nodes are there. */
    WAITING,
    /** Nodes are being asked. */
    RUNNING,
    /** Over, with its model. */
    FINISHED,
    /** Over, for the reason given. */
    FAILED,
    /** Ended by an operator, with the model of the last committed round. */
    STOPPED;

    /** Whether the run will not change any more. */
    public boolean over() {
        return this == FINISHED || this == FAILED || this == STOPPED;
    }
}
