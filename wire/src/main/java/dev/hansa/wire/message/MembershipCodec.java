package dev.hansa.wire.message;

import dev.hansa.wire.Limits;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.proto.JoinRequest;
import java.util.List;

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
        Fields.printable("name", Fields.label("name", request.getName()));
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
