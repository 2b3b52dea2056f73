package dev.hansa.wire.update;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.DamagedParametersException;

/** Zstandard (RFC 8878), if the library {@code com.github.luben:zstd-jni} is there and runs on this machine. */
public final class Zstd {
    private static final int LEVEL = 3;

    private Zstd() {}

    /** Whether bytes can be squeezed here. */
    public static boolean isAvailable() {
        try {
            return com.github.luben.zstd.Zstd.maxCompressionLevel() >= LEVEL;
        } catch (LinkageError e) { // no such class, or no native code for this machine
            return false;
        }
    }

    /** How many bytes a content of so many has at most when it is squeezed. */
    static long bound(long bytes) {
        return bytes + (bytes >>> 8) + 1024;
    }

    static byte[] compress(byte[] content) {
        if (!isAvailable()) {
            throw new FederationException("zstd is not at hand: add com.github.luben:zstd-jni to the class path",
                    false);
        }
        return com.github.luben.zstd.Zstd.compress(content, LEVEL);
    }

    /**
     * The content, if it has exactly that many bytes: not one more is ever made of the squeezed ones, whatever they say.
     *
     * @throws DamagedParametersException if they are not such a content
     */
    static byte[] decompress(byte[] squeezed, int size) {
        long declared = com.github.luben.zstd.Zstd.getFrameContentSize(squeezed);
        if (declared != size) {
            throw new DamagedParametersException("it is no zstd of " + size + " bytes"
                    + (declared > 0 ? ", but declares " + declared : ""));
        }
        byte[] content = new byte[size];
        try {
            if (com.github.luben.zstd.Zstd.decompress(content, squeezed) == size) {
                return content;
            }
        } catch (RuntimeException e) { // ZstdException, by a name that is always there
            throw new DamagedParametersException("its zstd is damaged: " + e.getMessage(), e);
        }
        throw new DamagedParametersException("its zstd is damaged: it is shorter than it declares");
    }
}
