package dev.hansa.wire;

/** How large things may be. Both sides refuse what is larger before they take memory or disk for it. */
public final class Limits {
    /** The body of a control message, either way. */
    public static final int MESSAGE_BYTES = 1 << 20;

    /** A blob that travels within a message. */
    public static final int INLINE_BYTES = 1 << 16;

    /** A run file, or one of a survey, that its author has signed: it travels with each task. */
    public static final int SIGNED_FILE_BYTES = 1 << 16;

    /** The unit in which blobs are read, written and moved. */
    public static final int CHUNK_BYTES = 1 << 16;

    /** The header of a safetensors file. */
    public static final int SAFETENSORS_HEADER_BYTES = 16 << 20;

    /** The tensors of a safetensors file: more would take much more memory than their header. */
    public static final int TENSORS = 100_000;

    /** The dimensions of a tensor. */
    public static final int DIMENSIONS = 32;

    /** A blob: as many values as one model may hold, and the largest header. */
    public static final long BLOB_BYTES = 4L * Integer.MAX_VALUE + SAFETENSORS_HEADER_BYTES + 8;

    /** The features of a data set: so many that a task, and what a node tells of them, fit into a message. */
    public static final int FEATURES = 10_000;

    /** The categories of one column. */
    public static final int CATEGORIES = 10_000;

    /** The characters of a text that a model reads. */
    public static final int TEXT_LENGTH = 10_000;

    /** What a task says of its data. */
    public static final int DATA_BYTES = 1 << 18;

    /** The characters of a name, a unit or a category. */
    public static final int NAME_CHARS = 256;

    /** The characters of a text for people, such as the reason of a refusal. */
    public static final int TEXT_CHARS = 4_000;

    /** The characters that tell a node's version. */
    public static final int VERSION_CHARS = 100;

    /** The data sets of one node. */
    public static final int DATA_SETS = 1_000;

    /** The entries of a set of named sums. */
    public static final int SUMS = 1_000;

    /** The sums that an evaluation in detail adds to the usual ones. */
    public static final int DETAIL = 900;

    /** The hidden layers of a perceptron. */
    public static final int LAYERS = 1_000;

    /** What the file of a model may have beside its values. */
    public static final int MODEL_HEADER_BYTES = 1 << 20;

    /** The passes over its rows that a node makes in one round. */
    public static final int EPOCHS = 10_000;

    /** The steps that a node makes in one round, where a run counts them rather than epochs. */
    public static final int STEPS = 1_000_000;

    /** The rows of one step of training; all of them, however many, is another choice. */
    public static final int BATCH_ROWS = 1 << 24;

    /** The fewest rows that a node counts, sums up, or trains on in a step. */
    public static final int LEAST_ROWS = 5;

    /**
     * How much of a model one step of training may forget: rate times weight decay. With 1 only the rows of the last step
     * would be left in an update.
     */
    public static final double FORGETTING = 0.1;

    /**
     * The least noise multiplier of a training that hides rows: with less than that one step of few rows, of which no other
     * rule says how many there are, would be told as it is.
     */
    public static final double LEAST_ROW_NOISE = 0.25;

    /** The least norm, noise or granularity that is not 0: squares of smaller ones would be lost. */
    public static final double LEAST_SIZE = 1e-30;

    /** The greatest norm, noise or granularity: squares of greater ones would be infinite. */
    public static final double MOST_SIZE = 1e30;

    /** The least probability with which anybody, or a row, is drawn. */
    public static final double LEAST_RATE = 1e-12;

    /** The steps of a node in all rounds of a run that says how its training hides rows. */
    public static final long STEPS_IN_ALL = 1_000_000_000_000L;

    /** How many nodes a run may say that it counts on. */
    public static final int NODES = 100_000_000;

    private Limits() {}
}
