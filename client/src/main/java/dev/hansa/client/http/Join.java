package dev.hansa.client.http;

import com.google.protobuf.ByteString;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.message.MalformedMessageException;
import dev.hansa.wire.message.Messages;
import dev.hansa.wire.proto.JoinRequest;
import dev.hansa.wire.proto.JoinResponse;
import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.Secret;
import java.util.Collection;

/** Makes a node known to a coordinator. */
public final class Join {
    private final PinnedHttp coordinator;
    private final NodeKey key;
    private final SignedHttp http;
    private final Retry retry;

    public Join(PinnedHttp coordinator, NodeKey key, LinkListener listener) {
        this(coordinator, key, listener, Timing.SYSTEM);
    }

    Join(PinnedHttp coordinator, NodeKey key, LinkListener listener, Timing timing) {
        this.coordinator = coordinator;
        this.key = key;
        this.http = new SignedHttp(coordinator, key, null, timing, listener);
        this.retry = new Retry(coordinator.address(), timing, listener);
    }

    /**
     * Asks to be taken; asking again with the same secret and key gives the same answer.
     *
     * @param wanted what the node wants to be called; may be empty if the token names it
     * @return what the coordinator calls it
     * @throws LinkException if the coordinator does not take the node
     */
    public String send(Secret secret, String wanted, String version, Collection<String> dataSets)
            throws InterruptedException {
        byte[] request = JoinRequest.newBuilder().setSecret(ByteString.copyFrom(secret.toBytes())).setName(wanted)
                .setPublicKey(ByteString.copyFrom(key.publicKey().toDer())).setVersion(version)
                .addAllDataSets(dataSets).build().toByteArray();
        try {
            byte[] answer = retry.call(() -> http.post(Endpoints.JOIN, request));
            return name(Messages.parse(JoinResponse.parser(), answer));
        } catch (ErrorAnswer e) {
            throw LinkException.refused(coordinator.address(), e);
        } catch (MalformedMessageException e) {
            throw LinkException.notUnderstood(coordinator.address(), String.valueOf(e.getMessage()));
        }
    }

    private String name(JoinResponse response) {
        if (response.getNode().isEmpty()) {
            throw LinkException.notUnderstood(coordinator.address(), "it gives the node no name");
        }
        return response.getNode();
    }
}
