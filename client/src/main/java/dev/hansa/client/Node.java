package dev.hansa.client;

import dev.hansa.client.http.HttpLink;
import dev.hansa.client.http.Join;
import dev.hansa.client.http.LinkException;
import dev.hansa.client.http.MemoryException;
import dev.hansa.client.http.PinnedHttp;
import dev.hansa.client.ledger.Ledger;
import dev.hansa.client.ledger.LedgerException;
import dev.hansa.client.policy.Approvals;
import dev.hansa.client.policy.Gate;
import dev.hansa.client.policy.Policy;
import dev.hansa.client.policy.SignedFiles;
import dev.hansa.core.FederationException;
import dev.hansa.core.client.ClientLoop;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.Token;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A data owner's part in federations: asks the coordinator for tasks, performs them on the owner's data, reports.
 *
 * <p>Guarantee: what leaves is what {@link dev.hansa.core.protocol.Report} names, within the bounds of {@link Guard}. An
 * update is computed from rows and can tell of them: an owner joins only coordinators whose runs the owner trusts. A node
 * that was stopped, or lost its connection, goes on where it was.
 */
public final class Node implements AutoCloseable {
    /** Nobody who stops a node waits much longer. */
    private static final Duration MOMENT = Duration.ofMillis(500);

    private final Membership membership;
    private final PinnedHttp http;
    private final HttpLink link;
    private final Map<String, DataSource> sources;
    private final NodeListener listener;
    private final MemoryFiles memory;
    private final NodeDirectory directory;
    private volatile boolean showsModels;
    private volatile Optional<Policy> policy = Optional.empty();
    private volatile SignedFiles signedFiles = SignedFiles.NONE;
    private volatile Optional<Path> witness = Optional.empty();
    private @Nullable Thread runner;
    private boolean closed;

    private Node(Membership membership, NodeDirectory directory, Map<String, DataSource> sources,
            NodeListener listener) {
        this.membership = membership;
        this.http = new PinnedHttp(membership.address(), membership.fingerprint());
        this.link = new HttpLink(http, directory.key(), membership.node(), directory.models(), directory.updates(),
                listener);
        this.sources = new LinkedHashMap<>(sources);
        this.listener = listener;
        this.directory = directory;
        this.memory = new MemoryFiles(directory.memory(), directory.told(), directory.personal(), listener);
    }

    /**
     * Joins the token's coordinator, waiting for it as long as it takes. If the directory belongs to that coordinator
     * already, the token is not used; it may then be an old one.
     *
     * @param name    what the node wants to be called; not looked at if the token names it
     * @param sources by the names under which runs ask for them
     * @throws LinkException        if the coordinator does not take the node, or the directory belongs to another one
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    public static Node join(Token token, String name, NodeDirectory directory, Map<String, DataSource> sources,
            NodeListener listener) throws InterruptedException {
        Optional<Membership> known = directory.membership();
        if (known.isPresent() && !known.get().fingerprint().equals(token.fingerprint())) {
            throw new LinkException("other-coordinator",
                    "the directory " + directory + " belongs to the coordinator at "
                            + known.get().address() + " with the fingerprint " + shown(known.get().fingerprint())
                            + ", the token to another at " + token.address() + " with the fingerprint "
                            + shown(token.fingerprint())
                            + "; join with a directory of its own");
        }
        String node = known.isPresent() ? known.get().node() : join(token, name, directory.key(), sources, listener);
        Membership membership = new Membership(node, token.address(), token.fingerprint());
        if (!known.equals(Optional.of(membership))) {
            directory.belongTo(membership);
            listener.joined(membership);
        }
        return new Node(membership, directory, sources, listener);
    }

    /**
     * Goes on as the node that joined with this directory.
     *
     * @param sources by the names under which runs ask for them
     * @throws LinkException if none did
     */
    public static Node resume(NodeDirectory directory, Map<String, DataSource> sources, NodeListener listener) {
        Membership membership = directory.membership().orElseThrow(() -> new LinkException("not-joined",
                "no node has joined with the directory " + directory + " yet; join with a token first"));
        return new Node(membership, directory, sources, listener);
    }

    private static String shown(Sha256 fingerprint) {
        return fingerprint.hex().substring(0, 12) + "…";
    }

    private static String join(Token token, String name, NodeKey key, Map<String, DataSource> sources,
            NodeListener listener) throws InterruptedException {
        try (PinnedHttp http = new PinnedHttp(token.address(), token.fingerprint())) {
            return new Join(http, key, listener).send(token.secret(), name, version(), sources.keySet());
        }
    }

    /**
     * From now on lets other nodes see a model that was trained on this owner's rows alone, where a run asks for that
     * ({@code evaluation.crossSite}); otherwise it does not take part in that. To be called before {@link #run}.
     */
    public void showModels() {
        showsModels = true;
    }

    /** From now on does nothing that the policy does not allow. To be called before {@link #run}. */
    public void obey(Policy owners) {
        policy = Optional.of(owners);
    }

    /**
     * From now on recognises files that authors have signed, for the ledger and for a policy that names signers; without
     * that such a policy lets nothing in. To be called before {@link #run}.
     */
    public void readSigned(SignedFiles reader) {
        signedFiles = reader;
    }

    /**
     * From now on notes in that file, too, how far the ledger goes, so that an old copy of the ledger is noticed. To be
     * called before {@link #run}.
     *
     * @param file where no copy of the node's folder takes it along, on another disk at best
     */
    public void ledgerWitness(Path file) {
        witness = Optional.of(file);
    }

    /** To whom it belongs, and what it is called. */
    public Membership membership() {
        return membership;
    }

    /**
     * Works until the coordinator sends the node away or {@link #close} is called.
     *
     * @return why it ended, for people
     * @throws LinkException        if the coordinator refuses the node, or cannot be trusted
     * @throws MemoryException      if a model is too large for this process
     * @throws LedgerException      if the node's ledger is not what it wrote, or an old copy of it
     * @throws FederationException  if this machine fails: its disk, say; or the policy does not allow the coordinator, or has no
     *                              rules for a data set
     * @throws InterruptedException if the thread was interrupted by somebody else
     */
    public String run() throws InterruptedException {
        enter();
        policy.flatMap(owners -> owners.objection(membership.address().toString(), membership.fingerprint().hex()))
                .ifPresent(Node::refuse);
        policy.flatMap(owners -> owners.objection(sources.keySet())).ifPresent(Node::refuse);
        try (Ledger ledger = Ledger.open(directory.ledger(), witness, listener::ledgerNotice)) {
            Gate gate = new Gate(new OwnersSake(showsModels), policy, ledger,
                    new Approvals(directory.approvals()), Clock.systemUTC(), signedFiles, listener);
            gate.exceededBudgets().forEach(listener::ledgerNotice);
            link.watchedBy(gate);
            link.hello(version(), sources.keySet());
            memory.tidy(System.currentTimeMillis());
            listener.ready(membership);
            LastTask last = new LastTask();
            try {
                return new ClientLoop(new Heard(link, directory.heard(), Clock.systemUTC()),
                        Guard.client(sources, listener, memory, System::nanoTime, gate),
                        last).run();
            } catch (OutOfMemoryError e) {
                throw last.tooLarge(e);
            }
        } catch (InterruptedException e) {
            if (isClosed()) {
                return "the node was stopped";
            }
            throw e;
        } finally {
            exit();
        }
    }

    private static void refuse(String objection) {
        throw new FederationException(objection, false);
    }

    /** Stops {@link #run}, on whatever thread, and tells the coordinator if that goes quickly. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            endRun();
            link.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            http.close();
        }
    }

    /** What a run signs after the node has said that it leaves would bring it back: the run is waited for a moment. */
    private synchronized void endRun() throws InterruptedException {
        if (runner == null) {
            return;
        }
        runner.interrupt();
        long latest = System.nanoTime() + MOMENT.toNanos();
        long left = MOMENT.toMillis();
        while (runner != null && !runner.equals(Thread.currentThread()) && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(latest - System.nanoTime());
        }
    }

    private synchronized void enter() throws InterruptedException {
        if (runner != null) {
            throw new IllegalStateException("the node is running already");
        }
        if (closed) {
            throw new IllegalStateException("the node is closed");
        }
        runner = Thread.currentThread();
    }

    private synchronized void exit() {
        runner = null;
        notifyAll();
        if (closed) {
            Thread.interrupted(); // close interrupted this thread to end the run, and it has ended
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private static String version() {
        return Optional.ofNullable(Node.class.getPackage()).map(Package::getImplementationVersion).orElse("unreleased");
    }

    /** Passes on what the loop does, and remembers of which run it does something now; not the model, which is large. */
    private final class LastTask implements ClientLoop.Listener {
        private String run = "";
        private long values;

        @Override
        public void started(Task task) {
            run = task.run();
            values = values(task);
            listener.started(task);
        }

        @Override
        public void reported(Task task, Report report) {
            listener.reported(task, report);
        }

        RuntimeException tooLarge(OutOfMemoryError e) {
            if (run.isEmpty()) {
                throw e;
            }
            return new MemoryException(run, values, e);
        }

        private long values(Task task) {
            if (task instanceof Task.Fit fit) {
                return fit.parameters().size();
            }
            if (task instanceof Task.Personalise personalise) {
                return personalise.parameters().size();
            }
            return task instanceof Task.Evaluate evaluate ? evaluate.parameters().size() : 0;
        }
    }
}
