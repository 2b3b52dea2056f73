package dev.hansa.core.strategy;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.LocalTraining;
import java.util.Optional;

/**
 * How clients with different data are kept from drifting apart while they train: the coordinator's half and the client's
 * half of one mechanism. Stateless; what a half remembers it is given.
 */
public interface DriftCorrection {

    /** The one that the training asks for. */
    static DriftCorrection of(LocalTraining training) {
        return switch (training.drift()) {
            case UNCORRECTED -> new Uncorrected();
            case SCAFFOLD -> new Scaffold(training.rate());
            case FEDDYN -> new FedDyn(training.proximalMu());
        };
    }

    /** What goes to a client, and comes back as a difference, for a model of this layout. */
    default Layout layout(Layout model) {
        return model;
    }

    /** Whether clients remember something from round to round. */
    default boolean remembers() {
        return true;
    }

    // ---- the coordinator's half

    /** What goes to each client. */
    default Parameters sent(ServerState state) {
        return state.parameters();
    }

    /** What the updates say of the model alone. */
    default Aggregate ofModel(Aggregate aggregate) {
        return aggregate;
    }

    /**
     * The state after the round.
     *
     * @param stepped   after the server's optimiser; its slots may still be those of before
     * @param aggregate all that came back
     * @param population how many clients there are, of which a cohort is drawn
     */
    ServerState after(ServerState stepped, Aggregate aggregate, int population);

    // ---- the client's half

    /**
     * Where training begins.
     *
     * @param received   what the coordinator {@link #sent}
     * @param remembered of the model's layout; empty the first time
     */
    Start start(Parameters received, Optional<Parameters> remembered);

    /**
     * What is sent back, and what is kept.
     *
     * @param moved the model after training minus the model before
     * @param steps how many steps that took; more than 0
     */
    End end(Start start, Parameters moved, double steps);

    /**
     * @param model      to be trained
     * @param control    the coordinator's, if it sent one
     * @param remembered what the client kept, zeros the first time; if it keeps anything
     * @param gradient   is added to each gradient
     */
    record Start(Parameters model, Optional<Parameters> control, Optional<Parameters> remembered,
            Optional<Parameters> gradient) {}

    /**
     * @param difference of the layout that was sent
     * @param remember   of the model's layout
     */
    record End(Parameters difference, Optional<Parameters> remember) {}
}
