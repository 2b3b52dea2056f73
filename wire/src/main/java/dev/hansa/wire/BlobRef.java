package dev.hansa.wire;

/**
 * The name and the size of a blob: parameters that travel beside the messages, as a safetensors file.
 *
 * @param sizeBytes from 1 to {@link Limits#BLOB_BYTES}
 */
public record BlobRef(Sha256 sha256, long sizeBytes) {

    public BlobRef {
        if (sizeBytes < 1 || sizeBytes > Limits.BLOB_BYTES) {
            throw new IllegalArgumentException(
                    "a blob has " + sizeBytes + " bytes, expected from 1 to " + Limits.BLOB_BYTES);
        }
    }
}
