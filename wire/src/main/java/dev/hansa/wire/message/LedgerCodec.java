package dev.hansa.wire.message;

import com.google.protobuf.ByteString;
import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;

/** How far ledgers go, as messages. */
public final class LedgerCodec {

    private LedgerCodec() {}

    /** The message. */
    public static dev.hansa.wire.proto.LedgerHead encode(LedgerHead head) {
        return dev.hansa.wire.proto.LedgerHead.newBuilder().setSequence(head.sequence())
                .setHash(ByteString.copyFrom(head.hash().toBytes())).build();
    }

    /** @throws MalformedMessageException if it is none */
    public static LedgerHead decode(dev.hansa.wire.proto.LedgerHead message) {
        return Fields.checked("ledger", () -> new LedgerHead(message.getSequence(),
                Sha256.fromBytes(message.getHash().toByteArray())));
    }
}
