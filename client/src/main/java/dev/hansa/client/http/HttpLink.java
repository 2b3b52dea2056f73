package dev.hansa.client.http;

import dev.hansa.client.ledger.LedgerException;
import dev.hansa.core.FederationException;
import dev.hansa.core.client.Link;
import dev.hansa.core.protocol.Report;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Limits;
import dev.hansa.wire.message.LedgerCodec;
import dev.hansa.wire.message.MalformedMessageException;
import dev.hansa.wire.message.MembershipCodec;
import dev.hansa.wire.message.Messages;
import dev.hansa.wire.message.NextCodec;
import dev.hansa.wire.message.TaskCodec;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.safetensors.Inline;
import dev.hansa.wire.safetensors.SafetensorsException;
import dev.hansa.wire.trust.NodeKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * The link of a node that has joined to its coordinator, over HTTPS.
 *
 * <p>Whatever a repetition can mend it repeats, as long as it takes; the rest is a {@link LinkException}. A disk of this
 * machine that fails is reported as a failure of the task. An update that was expensive to make, or is large, stays in its
 * folder until its round is over: who gets the same task again, also after the process was killed, delivers it from there.
 * For one thread at a time.
 */
public final class HttpLink implements Link {
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(2);
    private static final byte[] NOTHING = {};

    private final String address;
    private final SignedHttp http;
    private final Retry retry;
    private final ModelDownload models;
    private final ReportDelivery delivery;
    private final LinkListener listener;
    private final Turns turns;
    private final Timing timing;
    private Doorkeeper door = Doorkeeper.NONE;

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
        this.turns = new Turns(http, retry, inline ? Limits.INLINE_BYTES : 0);
        this.delivery = new ReportDelivery(turns, new UpdateUpload(http, retry, turns), updates, listener, timing,
                inline);
        this.listener = listener;
        this.timing = timing;
    }

    /** Lets nothing leave that the doorkeeper does not know of; to be called before all else. */
    public void watchedBy(Doorkeeper doorkeeper) {
        door = doorkeeper;
        delivery.watchedBy(doorkeeper);
    }

    /**
     * Tells the coordinator that the node is there; to be called before what follows.
     *
     * @throws FederationException if the coordinator knows more of the node's ledger than the node
     */
    public void hello(String version, Collection<String> dataSets) throws InterruptedException {
        delivery.tidy();
        HelloRequest.Builder hello = HelloRequest.newBuilder().setVersion(version).addAllDataSets(dataSets);
        door.head().ifPresent(head -> hello.setLedger(LedgerCodec.encode(head)));
        byte[] message = hello.build().toByteArray();
        try {
            MembershipCodec.known(retry.call(() -> http.post(Endpoints.HELLO, message))).ifPresent(door::known);
        } catch (ErrorAnswer e) {
            throw LinkException.refused(address, e);
        } catch (MalformedMessageException e) {
            throw LinkException.notUnderstood(address, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Next next() throws InterruptedException {
        for (int failures = 0;; failures++) {
            byte[] answer = ask();
            TimeLeft time = new TimeLeft(timing);
            if (answer.length > Limits.MESSAGE_BYTES) {
                refuseUnread(answer);
                continue;
            }
            dev.hansa.wire.proto.Next message = parse(answer);
            try {
                if (message.hasWork()) {
                    door.given(TaskCodec.id(message.getWork()), TaskCodec.terms(message.getWork()),
                            TaskCodec.signed(message.getWork()));
                }
                if (message.hasWork() && deliveredAgain(message.getWork())) {
                    continue;
                }
                Optional<BlobRef> model = message.hasWork() ? TaskCodec.blob(message.getWork()) : Optional.empty();
                byte[] content = message.getWork().getContent().toByteArray();
                if (content.length > 0) {
                    return started(time.within(NextCodec.decode(message, blob -> Inline.read(blob, content))));
                }
                if (model.isPresent() && !models.fetch(model.get())) {
                    report(message.getWork().getId(), new Report.Failed("the coordinator does not give the model: "
                            + ModelDownload.TRIES + " times something else came than was announced"));
                    continue;
                }
                return started(time.within(NextCodec.decode(message, models::load)));
            } catch (ErrorAnswer e) {
                if (!e.gone()) {
                    throw LinkException.refused(address, e);
                }
                listener.overtaken(message.getWork().getId());
                retry.putOff(failures, Duration.ZERO, e.text());
            } catch (OutOfMemoryError e) {
                throw new MemoryException(message.getWork().getRun(), values(message), e);
            } catch (MalformedMessageException e) {
                refuse(message, String.valueOf(e.getMessage()));
            } catch (SafetensorsException e) {
                refuse(message, "its model is no safetensors file of 32-bit floats");
            } catch (LinkException | LedgerException e) {
                throw e;
            } catch (FederationException e) {
                failHere(message.getWork().getId(), e);
            }
        }
    }

    private static long values(dev.hansa.wire.proto.Next message) {
        return TaskCodec.blob(message.getWork()).map(model -> model.sizeBytes() / Float.BYTES).orElse(0L);
    }

    private Next started(Next answer) {
        if (answer instanceof Next.Work work) {
            delivery.started(work.taskId(), work.task().run());
        }
        return answer;
    }

    /** Whether the task had been answered before, by an earlier process perhaps, and that answer was kept. */
    private boolean deliveredAgain(dev.hansa.wire.proto.Task work) throws InterruptedException {
        if (!TaskCodec.training(work).isPresent()) {
            return false;
        }
        String taskId = TaskCodec.id(work);
        Optional<KeptAnswer> answer = delivery.kept(taskId, work.getRun())
                .filter(found -> door.passes(taskId, TaskCodec.withoutParameters(work), found.content256()));
        if (answer.isPresent()) {
            delivery.started(taskId, work.getRun());
            listener.answerKept(taskId);
            report(taskId, () -> delivery.deliver(answer.get()), HttpLink::withoutUpdate);
        }
        return answer.isPresent();
    }

    @Override
    public boolean report(String taskId, Report report) throws InterruptedException {
        return report(taskId, () -> delivery.deliver(taskId, report), problem -> instead(report, problem));
    }

    /**
     * @param instead what is reported when the coordinator does not take it, told why
     * @return whether the coordinator has what was to be reported, and not something else
     */
    private boolean report(String taskId, Attempt attempt, Function<String, Optional<Report>> instead)
            throws InterruptedException {
        try {
            attempt.make();
            return true;
        } catch (ErrorAnswer e) {
            if (e.is(ErrorCode.LEDGER_FORKED)) {
                door.forked();
            }
            Optional<Report> other = e.aboutContent() ? instead.apply(e.text()) : Optional.empty();
            if (e.gone()) {
                listener.dropped(taskId);
            } else if (other.isPresent()) {
                report(taskId, other.get());
            } else {
                throw LinkException.refused(address, e);
            }
        } catch (LinkException | LedgerException e) {
            throw e;
        } catch (FederationException e) {
            failHere(taskId, e);
        }
        return false;
    }

    private static Optional<Report> instead(Report report, String problem) {
        if (report instanceof Report.Fitted) {
            return withoutUpdate(problem);
        }
        return report instanceof Report.Refused || report instanceof Report.Failed
                ? Optional.empty()
                : Optional.of(new Report.Refused("the coordinator does not take this node's answer: " + problem));
    }

    private static Optional<Report> withoutUpdate(String problem) {
        return Optional.of(new Report.Failed("the coordinator does not take the update: " + problem));
    }

    /** A way to bring a report to the coordinator. */
    interface Attempt {
        void make() throws ErrorAnswer, InterruptedException;
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
            return turns.next();
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
}
