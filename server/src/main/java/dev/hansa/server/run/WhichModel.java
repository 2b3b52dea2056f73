package dev.hansa.server.run;

/** One of the models that are kept of a run. */
public enum WhichModel {
    /** Of the last committed round. */
    LAST,
    /** Of the round that was best by the run's evaluation. */
    BEST
}
