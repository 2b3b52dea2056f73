package dev.hansa.core.aggregate.robust;

/** A vector that is made of others, place by place, when it is read. */
interface Combination {

    /** Begins to read; for one thread. */
    Reader reader();

    /** Keeps the memory that reading takes. */
    @FunctionalInterface
    interface Reader {
        /** Fills the first {@code length} of the array with the values from the place {@code begin} on. */
        void read(int begin, int length, double[] values);
    }
}
