package dev.hansa.cli.operator;

import dev.hansa.server.api.RunState;
import dev.hansa.server.api.SurveyView;
import dev.hansa.wire.trust.FileSignature;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Hands a statistics file in and waits for the answer. However often the coordinator is away meanwhile, nodes are asked once. */
public final class Inquiry {
    private static final Duration HELD = Duration.ofSeconds(25);
    /** A survey ends by itself: longer than any deadline and a restart. */
    private static final Duration AWAY = Duration.ofDays(1);

    private final Operator operator;
    private final Consumer<String> messages;
    private final Duration most;

    /**
     * @param messages is told when the coordinator is away and back
     * @param most     how long to wait for it before it has the file
     */
    public Inquiry(Operator operator, Consumer<String> messages, Duration most) {
        this.operator = operator;
        this.messages = messages;
        this.most = most;
    }

    /**
     * The survey as the coordinator took it in.
     *
     * @param signature of the file by its author; empty if nobody has signed it
     * @throws UnreachableException if the coordinator did not come back in time
     */
    public SurveyView send(String file, Optional<FileSignature> signature) throws InterruptedException {
        Patience patience = new Patience(messages, most);
        String key = UUID.randomUUID().toString();
        while (true) {
            try {
                SurveyView survey = operator.ask(file, signature, key);
                patience.answered();
                return survey;
            } catch (UnreachableException e) {
                patience.after(e);
            }
        }
    }

    /** The same when it is over. */
    public SurveyView await(String id) throws InterruptedException {
        Patience patience = new Patience(messages, AWAY);
        while (true) {
            try {
                SurveyView survey = operator.survey(id, HELD);
                patience.answered();
                if (survey.state() != RunState.RUNNING) {
                    return survey;
                }
            } catch (UnreachableException e) {
                patience.after(e);
            }
        }
    }
}
