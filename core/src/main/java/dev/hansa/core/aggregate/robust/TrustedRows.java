package dev.hansa.core.aggregate.robust;

import dev.hansa.core.model.Parameters;
import java.util.Optional;

/**
 * {@link FlTrust} before anybody has trained on the rows that it trusts: Cao et al., NDSS 2021, whose server trains on its
 * root data set in each round as the clients do on theirs (Algorithm 2, line 8).
 *
 * @param rows the name under which the coordinator has them
 */
public record TrustedRows(String rows) implements RobustRule {

    @Override
    public Optional<String> trusts() {
        return Optional.of(rows);
    }

    @Override
    public RobustRule trusting(Parameters update) {
        return new FlTrust(update);
    }

    /** @throws IllegalStateException always: it is not told yet what the training gave */
    @Override
    public Combination combined(Vectors updates) {
        throw new IllegalStateException("nobody has trained on the rows " + rows + " in this round");
    }
}
