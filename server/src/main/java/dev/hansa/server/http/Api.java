package dev.hansa.server.http;

import dev.hansa.server.fleet.Bandwidths;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.fleet.Pace;
import dev.hansa.server.fleet.TaskBoard;
import dev.hansa.server.run.RunViews;
import dev.hansa.server.run.Runs;
import dev.hansa.server.run.Surveys;
import dev.hansa.server.store.AuditLog;
import dev.hansa.server.store.EventLog;
import dev.hansa.server.store.LedgerTable;
import dev.hansa.server.store.Readiness;
import dev.hansa.server.trust.AccessTokens;
import dev.hansa.server.trust.JoinTokens;
import dev.hansa.server.trust.NodeSignatures;
import io.javalin.config.RoutesConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All calls of docs/protocol.md: those of nodes behind the {@link NodeGate}, those of people behind the {@link PersonGate}. */
public record Api(Nodes nodes, TaskBoard board, JoinTokens tokens, AccessTokens access, Runs runs, RunViews views,
        Surveys surveys, EventLog events, LedgerTable ledgers, AuditLog audit,
        Readiness readiness, PortLimits limits, Clock clock) {

    /** Each adds its calls. */
    public List<Consumer<RoutesConfig>> endpoints() {
        NodeSignatures signatures = new NodeSignatures(nodes::find, clock);
        Load load = new Load(limits.places(), limits.turn());
        Bodies bodies = new Bodies(limits.body(), Bodies.TOTAL_BYTES, load);
        NodeGate nodeGate = new NodeGate(signatures, nodes, bodies);
        Bandwidths bandwidths = new Bandwidths();
        PersonGate gate = new PersonGate(access, audit);
        return List.of(
                new HealthEndpoints(readiness)::addTo,
                new MembershipEndpoints(nodeGate, tokens, nodes, board, ledgers, audit, load, clock)::addTo,
                new WorkEndpoints(nodeGate, nodes, board, ledgers, audit, load,
                        paceOf(() -> runs.underWay() || surveys.underWay()), bandwidths)::addTo,
                new RunEndpoints(gate, runs, views, events, bodies)::addTo,
                new SurveyEndpoints(gate, surveys, bodies)::addTo,
                new AccessEndpoints(gate, access, bodies)::addTo,
                new AuditEndpoints(gate, audit)::addTo,
                new NodeEndpoints(gate, nodes, board, tokens, bodies, bandwidths)::addTo);
    }

    private Supplier<Duration> paceOf(BooleanSupplier active) {
        Pace pace = new Pace(Arguments.LONGEST_WAIT, () -> ThreadLocalRandom.current().nextDouble());
        return () -> pace.pause(nodes.presentCount(), active.getAsBoolean());
    }
}
