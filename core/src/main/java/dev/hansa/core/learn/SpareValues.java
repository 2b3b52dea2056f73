package dev.hansa.core.learn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Arrays of one length that nobody reads any more, to be written over instead of new ones. Each thread has those that it gave
 * back itself: they are in its processor's cache, and what goes from processor to processor costs more than a new array does.
 */
final class SpareValues {
    /** Of each thread at most, in bytes. */
    private static final int MOST = 1 << 20;

    private final int length;
    private final int most;
    /** By thread that gave some, touched by that thread alone. */
    private final Map<Thread, Deque<float[]>> spare = new ConcurrentHashMap<>();

    SpareValues(int length) {
        this.length = length;
        this.most = MOST / Float.BYTES / Math.max(1, length);
    }

    /** What is in it means nothing. */
    float[] take() {
        Deque<float[]> mine = spare.get(Thread.currentThread());
        float[] found = mine == null ? null : mine.pollLast();
        return found == null ? new float[length] : found;
    }

    /** Nobody but this object has the array now; one of another length, or one too many, is let go. */
    void give(float[] values) {
        if (values.length != length || most == 0) {
            return;
        }
        Deque<float[]> mine = spare.computeIfAbsent(Thread.currentThread(), none -> new ArrayDeque<>());
        if (mine.size() < most) {
            mine.addLast(values);
        }
    }
}
