package dev.hansa.core.client;

import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;

/** Asks a {@link Link} for tasks, performs them one after the other, reports. */
public final class ClientLoop {
    private final Link link;
    private final Client client;
    private final Listener listener;

    public ClientLoop(Link link, Client client, Listener listener) {
        this.link = link;
        this.client = client;
        this.listener = listener;
    }

    /**
     * Runs until the coordinator sends the client away.
     *
     * @return the coordinator's reason
     * @throws InterruptedException if the thread was interrupted, the way to stop it; a report not yet delivered is lost
     *                              and its task will be asked again
     */
    public String run() throws InterruptedException {
        while (true) {
            Link.Next next = link.next();
            if (next instanceof Link.Next.Work work) {
                listener.started(work.task());
                Report report = client.perform(work.task());
                if (link.report(work.taskId(), report)) {
                    listener.reported(work.task(), report);
                }
            } else if (next instanceof Link.Next.Later later) {
                Thread.sleep(later.pause().toMillis());
            } else if (next instanceof Link.Next.Leave leave) {
                return leave.reason();
            }
        }
    }

    /** Is told what the client does; for logs and displays. */
    public interface Listener {
        /** The client begins. */
        void started(Task task);

        /** The coordinator has the answer. */
        void reported(Task task, Report report);
    }
}
