package dev.hansa.wire.message;

import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Limits;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.proto.HelloResponse;
import dev.hansa.wire.proto.JoinRequest;
import java.util.List;
import java.util.Optional;

/** What nodes tell of themselves when they join and when they start. */
public final class MembershipCodec {

    private MembershipCodec() {}

    /**
     * The request.
     *
     * @throws MalformedMessageException if the bytes are none, or it holds a text that is too long or cannot be shown
     */
    public static JoinRequest join(byte[] body) {
        JoinRequest request = Messages.parse(JoinRequest.parser(), body);
        Fields.lineOrNothing("name", request.getName());
        check(request.getVersion(), request.getDataSetsList());
        return request;
    }

    /**
     * The request.
     *
     * @throws MalformedMessageException if the bytes are none, or it holds a text that is too long or cannot be shown
     */
    public static HelloRequest hello(byte[] body) {
        HelloRequest request = Messages.parse(HelloRequest.parser(), body);
        check(request.getVersion(), request.getDataSetsList());
        return request;
    }

    /**
     * The furthest that the coordinator knows the node's ledger to have come; empty if it knows of none.
     *
     * @param body of the answer to hello
     * @throws MalformedMessageException if it is none
     */
    public static Optional<LedgerHead> known(byte[] body) {
        HelloResponse response = Messages.parse(HelloResponse.parser(), body);
        return response.hasLedger() ? Optional.of(LedgerCodec.decode(response.getLedger())) : Optional.empty();
    }

    private static void check(String version, List<String> dataSets) {
        Fields.require(version.length() <= Limits.VERSION_CHARS, "version", version.length() + " characters",
                "at most " + Limits.VERSION_CHARS);
        Fields.printable("version", version);
        Fields.requireAtMost(Limits.DATA_SETS, dataSets.size(), "data_sets");
        for (int i = 0; i < dataSets.size(); i++) {
            Fields.line("data_sets[" + i + "]", dataSets.get(i));
        }
    }
}
