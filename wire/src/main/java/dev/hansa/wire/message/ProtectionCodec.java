package dev.hansa.wire.message;

import dev.hansa.core.protocol.Protection;

/** What nodes do to their updates, as a message. */
final class ProtectionCodec {

    private ProtectionCodec() {}

    static dev.hansa.wire.proto.Protection encode(Protection protection) {
        return dev.hansa.wire.proto.Protection.newBuilder().setClip(protection.clip())
                .setDeviation(protection.deviation()).setTellsFit(protection.tellsFit()).build();
    }

    /** @throws MalformedMessageException if it is none */
    static Protection decode(dev.hansa.wire.proto.Protection message) {
        return Fields.checked("protection",
                () -> new Protection(message.getClip(), message.getDeviation(), message.getTellsFit()));
    }
}
