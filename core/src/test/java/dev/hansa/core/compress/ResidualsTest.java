package dev.hansa.core.compress;

/** {@link Residuals#inMemory} keeps the contract. */
class ResidualsTest extends ResidualsContract {
    private final Residuals residuals = Residuals.inMemory();

    @Override
    protected Residuals residuals() {
        return residuals;
    }
}
