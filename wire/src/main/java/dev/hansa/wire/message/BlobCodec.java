package dev.hansa.wire.message;

import com.google.protobuf.ByteString;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.proto.Blob;

/** References to blobs as messages. */
public final class BlobCodec {

    private BlobCodec() {}

    /** The message. */
    public static Blob encode(BlobRef blob) {
        return Blob.newBuilder().setSha256(ByteString.copyFrom(blob.sha256().toBytes())).setSizeBytes(blob.sizeBytes())
                .build();
    }

    /**
     * The reference.
     *
     * @throws MalformedMessageException if the message holds none
     */
    public static BlobRef decode(Blob message) {
        return decode("blob", message);
    }

    static BlobRef decode(String field, Blob message) {
        return Fields.checked(field,
                () -> new BlobRef(Sha256.fromBytes(message.getSha256().toByteArray()), message.getSizeBytes()));
    }
}
