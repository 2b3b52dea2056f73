package dev.hansa.core.client;

/** {@link ClientMemory#inMemory} keeps the contract. */
class HeapMemoryTest extends ClientMemoryContract {
    private final ClientMemory memory = ClientMemory.inMemory();

    @Override
    protected ClientMemory memory() {
        return memory;
    }
}
