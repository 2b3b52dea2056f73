package dev.hansa.server.faults;

/**
 * What goes wrong in worlds, and what it leads to. Each is counted: promises that are kept where nothing happened prove
 * nothing.
 */
enum Mishap {
    COORDINATOR_CRASHED_IN_AN_OPERATION,
    COORDINATOR_CRASHED,
    NODE_CRASHED_IN_AN_OPERATION,
    NODE_CRASHED,
    /** A node stops in good order, and comes back. */
    NODE_LEFT,
    COORDINATOR_CLOCK_JUMPED,
    NODE_CLOCK_JUMPED,
    /** A request is refused, for a clock has jumped. */
    CLOCK_SKEW,

    /** After a loss of power. */
    FILE_CUT,
    FILE_GARBLED,
    FILE_GONE,
    FILE_BACK,
    COORDINATOR_DISK_FULL,
    COORDINATOR_DISK_FAILED,
    NODE_DISK_FULL,
    /** A run waits because of a disk. */
    RUN_WAITED_FOR_DISK,

    REQUEST_LOST,
    REQUEST_CUT,
    REQUEST_DUPLICATED,
    REQUEST_LATE,
    /** A request arrives before one that was sent before it. */
    REQUEST_OVERTOOK,
    ANSWER_LOST,
    ANSWER_CUT,
    ANSWER_LATE,
    /** The line breaks when a report is acknowledged and the next task is not there yet. */
    ANSWER_BROKE_BETWEEN,

    DOWNLOAD_RESUMED,
    UPLOAD_RESUMED,
    /** A report of an earlier life of the coordinator is counted. */
    REPORT_RESTORED,
    /** A node delivers what an earlier life of it has made. */
    ANSWER_KEPT,
    /** A report on a task that is closed. */
    REPORT_LATE,
    /** A run is told of an answer that came too late. */
    LATE_TOLD,
    /** An update of less than all of the work is counted. */
    PARTIAL_WORK,
    /** A round closed without a node. */
    NODE_SILENT,
    /** A round had enough before all had answered. */
    ROUND_CLOSED_EARLY,
    ROUND_ABANDONED,
    /** After a crash a run without rounds takes an update that it had taken before, and no step had counted. */
    UPDATE_TAKEN_AGAIN,
    /** An update counts that began from an older model. */
    UPDATE_STALE,
    /** An update does not count, for it began from too old a model. */
    UPDATE_TOO_OLD,
    /** The model makes a step while nodes measure an older one. */
    STEP_WHILE_MEASURING,

    NODE_REFUSED,
    NODE_FAILED,
    UPDATE_DISCARDED,
    /** An update with what an earlier round held back. */
    HELD_BACK_SENT,
    /** The same training again, with what was held back before it. */
    TRAINED_AGAIN
}
