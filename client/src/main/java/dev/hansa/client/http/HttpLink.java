package dev.hansa.client.http;

import com.google.protobuf.ByteString;
import dev.hansa.core.FederationException;
import dev.hansa.core.client.Link;
import dev.hansa.core.protocol.Report;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Limits;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.MalformedMessageException;
import dev.hansa.wire.message.Messages;
import dev.hansa.wire.message.NextCodec;
import dev.hansa.wire.message.ReportCodec;
import dev.hansa.wire.message.TaskCodec;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.safetensors.BlobFolder;
import dev.hansa.wire.safetensors.Inline;
import dev.hansa.wire.safetensors.SafetensorsException;
import dev.hansa.wire.trust.NodeKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * The link of a node that has joined to its coordinator, over HTTPS.
 *
 * <p>Whatever a repetition can mend it repeats, as long as it takes; the rest is a {@link LinkException}. A disk of this
 * machine that fails is reported as a failure of the task. An update stays in its folder until the coordinator has
 * acknowledged the report. For one thread at a time.
 */
public final class HttpLink implements Link {
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(2);
    private static final byte[] NOTHING = {};

    private final String address;
    private final SignedHttp http;
    private final Retry retry;
    private final ModelDownload models;
    private final UpdateUpload upload;
    private final BlobFolder updates;
    private final LinkListener listener;
    private final String next;
    private final boolean inline;

    /**
     * @param node    as the coordinator calls it
     * @param models  a folder for models, of this link alone
     * @param updates a folder for updates, of this link alone
     */
    public HttpLink(PinnedHttp coordinator, NodeKey key, String node, Path models, Path updates,
            LinkListener listener) {
        this(coordinator, key, node, models, updates, listener, Timing.SYSTEM, true);
    }

    HttpLink(PinnedHttp coordinator, NodeKey key, String node, Path models, Path updates, LinkListener listener,
            Timing timing, boolean inline) {
        this(coordinator.address(), new SignedHttp(coordinator, key, node, timing, listener), models, updates, listener,
                timing, inline);
    }

    /** @param address of the coordinator, for people */
    HttpLink(String address, SignedHttp http, Path models, Path updates, LinkListener listener, Timing timing,
            boolean inline) {
        this.address = address;
        this.http = http;
        this.retry = new Retry(address, timing, listener);
        this.models = new ModelDownload(http, retry, models);
        this.upload = new UpdateUpload(http, retry);
        this.updates = new BlobFolder(updates);
        this.listener = listener;
        this.inline = inline;
        this.next = Endpoints.NEXT_TASK + "?" + Endpoints.WAIT + "=30"
                + (inline ? "&" + Endpoints.INLINE + "=" + Limits.INLINE_BYTES : "");
    }

    /** Tells the coordinator that the node is there; to be called before all else. */
    public void hello(String version, Collection<String> dataSets) throws InterruptedException {
        byte[] hello = HelloRequest.newBuilder().setVersion(version).addAllDataSets(dataSets).build().toByteArray();
        try {
            retry.call(() -> http.post(Endpoints.HELLO, hello));
        } catch (ErrorAnswer e) {
            throw LinkException.refused(address, e);
        }
    }

    @Override
    public Next next() throws InterruptedException {
        for (int failures = 0;; failures++) {
            byte[] answer = ask();
            if (answer.length > Limits.MESSAGE_BYTES) {
                refuseUnread(answer);
                continue;
            }
            dev.hansa.wire.proto.Next message = parse(answer);
            try {
                Optional<BlobRef> model = message.hasWork() ? TaskCodec.blob(message.getWork()) : Optional.empty();
                byte[] content = message.getWork().getContent().toByteArray();
                if (content.length > 0) {
                    return NextCodec.decode(message, blob -> Inline.read(blob, content));
                }
                if (model.isPresent() && !models.fetch(model.get())) {
                    report(message.getWork().getId(), new Report.Failed("the coordinator does not give the model: "
                            + ModelDownload.TRIES + " times something else came than was announced"));
                    continue;
                }
                return NextCodec.decode(message, models::load);
            } catch (ErrorAnswer e) {
                if (!e.gone()) {
                    throw LinkException.refused(address, e);
                }
                listener.dropped(message.getWork().getId());
                retry.pause(failures, Duration.ZERO, e.text());
            } catch (MalformedMessageException e) {
                refuse(message, String.valueOf(e.getMessage()));
            } catch (SafetensorsException e) {
                refuse(message, "its model is no safetensors file of 32-bit floats");
            } catch (LinkException e) {
                throw e;
            } catch (FederationException e) {
                failHere(message.getWork().getId(), e);
            }
        }
    }

    @Override
    public void report(String taskId, Report report) throws InterruptedException {
        try {
            deliver(taskId, report);
        } catch (ErrorAnswer e) {
            if (e.gone()) {
                listener.dropped(taskId);
            } else if (e.aboutContent() && report instanceof Report.Fitted) {
                report(taskId, new Report.Failed("the coordinator does not take the update: " + e.text()));
            } else if (e.aboutContent() && isAnswer(report)) {
                report(taskId, new Report.Refused("the coordinator does not take this node's answer: " + e.text()));
            } else {
                throw LinkException.refused(address, e);
            }
        } catch (LinkException e) {
            throw e;
        } catch (FederationException e) {
            failHere(taskId, e);
        }
    }

    private static boolean isAnswer(Report report) {
        return !(report instanceof Report.Refused || report instanceof Report.Failed);
    }

    /** A disk that is full or broken now may be mended: the coordinator may ask again. The owner hears the details. */
    private void failHere(String taskId, FederationException problem) throws InterruptedException {
        listener.diskFailed(taskId, problem);
        report(taskId, new Report.Failed("this node cannot read or write its files; its owner's log tells more"));
    }

    /** Tells the coordinator that the node stops for now, if it can be told quickly. */
    public void leave() throws InterruptedException {
        try {
            http.within(LEAVE_TIMEOUT).post(Endpoints.LEAVE, NOTHING);
        } catch (IOException | ErrorAnswer | LinkException e) {
            listener.leftUntold(e);
        }
    }

    private byte[] ask() throws InterruptedException {
        try {
            return retry.call(() -> http.get(next));
        } catch (ErrorAnswer e) {
            throw LinkException.refused(address, e);
        }
    }

    private dev.hansa.wire.proto.Next parse(byte[] answer) {
        try {
            return Messages.parse(dev.hansa.wire.proto.Next.parser(), answer);
        } catch (MalformedMessageException e) {
            throw LinkException.notUnderstood(address, String.valueOf(e.getMessage()));
        }
    }

    private void refuseUnread(byte[] beginning) throws InterruptedException {
        String problem = "it is larger than " + Limits.MESSAGE_BYTES + " bytes";
        String taskId;
        try {
            taskId = NextCodec.taskId(beginning);
        } catch (MalformedMessageException e) {
            throw LinkException.notUnderstood(address, problem);
        }
        report(taskId, new Report.Refused("this node cannot take the task: " + problem));
    }

    /** A task of a newer coordinator, say, or one that asks too much: others may follow that this node takes. */
    private void refuse(dev.hansa.wire.proto.Next message, String problem) throws InterruptedException {
        String taskId;
        try {
            taskId = TaskCodec.id(message.getWork());
        } catch (MalformedMessageException e) {
            throw LinkException.notUnderstood(address, problem);
        }
        report(taskId, new Report.Refused("this node cannot take the task: " + problem));
    }

    private void deliver(String taskId, Report report) throws ErrorAnswer, InterruptedException {
        Optional<byte[]> small = inline && report instanceof Report.Fitted fitted
                ? Inline.write(fitted.update().difference())
                : Optional.empty();
        if (small.isPresent()) {
            byte[] content = small.get();
            post(taskId, ReportCodec.encode(report, difference -> new BlobRef(Sha256.of(content), content.length))
                    .toBuilder().setContent(ByteString.copyFrom(content)).build());
        } else if (report instanceof Report.Fitted fitted) {
            BlobRef update = updates.write(fitted.update().difference());
            byte[] message = ReportCodec.encode(report, difference -> update).toByteArray();
            boolean delivered;
            try {
                delivered = upload.send(taskId, update, updates.path(update.sha256()), message);
            } finally {
                updates.delete(update.sha256());
            }
            if (!delivered) {
                report(taskId, new Report.Failed("the coordinator does not take the update: after "
                        + UpdateUpload.TRIES + " tries it has no more of it than before"));
            }
        } else {
            post(taskId, ReportCodec.encode(report, difference -> {
                throw new AssertionError("only an update has a difference");
            }));
        }
    }

    private void post(String taskId, dev.hansa.wire.proto.Report report) throws ErrorAnswer, InterruptedException {
        byte[] message = report.toByteArray();
        if (message.length > Limits.MESSAGE_BYTES) { // its connection would be cut, and a cut connection is tried again
            throw new ErrorAnswer(ErrorCode.TOO_LARGE.status(), ErrorCode.TOO_LARGE, "it has " + message.length
                    + " bytes, more than the " + Limits.MESSAGE_BYTES + " of a message", 0, Duration.ZERO);
        }
        retry.call(() -> http.post(Endpoints.at(Endpoints.REPORT, taskId), message));
    }
}
