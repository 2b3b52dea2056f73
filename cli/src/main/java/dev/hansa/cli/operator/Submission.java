package dev.hansa.cli.operator;

import dev.hansa.server.api.RunView;
import dev.hansa.wire.trust.FileSignature;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Hands a run file in. If the coordinator is away it tries again; however often it was asked, it starts one run. */
public final class Submission {
    private final Operator operator;
    private final Patience patience;

    /**
     * @param messages is told when the coordinator is away and back
     * @param most     how long to wait for it
     */
    public Submission(Operator operator, Consumer<String> messages, Duration most) {
        this.operator = operator;
        this.patience = new Patience(messages, most);
    }

    /**
     * The run as it was taken in.
     *
     * @throws UnreachableException if the coordinator did not come back in time
     */
    public RunView send(String runFile) throws InterruptedException {
        return send(runFile, Optional.empty());
    }

    /** The same of a file that its author has signed. */
    public RunView send(String runFile, Optional<FileSignature> signature) throws InterruptedException {
        String key = UUID.randomUUID().toString();
        while (true) {
            try {
                RunView run = operator.submit(runFile, signature, key);
                patience.answered();
                return run;
            } catch (UnreachableException e) {
                patience.after(e);
            }
        }
    }
}
