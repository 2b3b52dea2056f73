package dev.hansa.core.model;

/**
 * Values of a {@link Layout} that can be read from first to last, block by block, as often as needed.
 *
 * <p>Where memory is at hand it is {@link Parameters}; where it is not, a file. Whoever adds up many updates reads them
 * through this type, so that it never holds more than one block beside its sum.
 */
public interface ParameterSource {

    /** The tensors, in the order of their values. */
    Layout layout();

    /**
     * Hands over all values in order.
     *
     * @throws DamagedParametersException         if it does not hold what it should: whoever made it is to blame
     * @throws dev.hansa.core.FederationException if it cannot be read now, whatever it holds: this machine is to blame
     */
    void read(BlockReader reader);

    /**
     * Hands over the values of the places from {@code begin} to before {@code end} in order; reads all of them for that
     * unless a source knows better.
     *
     * @throws DamagedParametersException         as {@link #read(BlockReader)} does
     * @throws dev.hansa.core.FederationException as well
     */
    default void read(int begin, int end, BlockReader reader) {
        read((offset, values, from, length) -> {
            int first = Math.max(begin, offset);
            int last = Math.min(end, offset + length);
            if (first < last) {
                reader.accept(first, values, from + first - offset, last - first);
            }
        });
    }

    /**
     * The same values, so that they can be read several times and in parts without being fetched, decompressed or read past
     * each time. Unless a source knows better that is all of them in memory: let go of it soon.
     *
     * @throws DamagedParametersException         as {@link #read(BlockReader)} does
     * @throws dev.hansa.core.FederationException as well
     */
    default ParameterSource opened() {
        return Parameters.load(this);
    }

    /** Whether its values are in memory for as long as it is kept, so that reading them again costs little. */
    default boolean isInMemory() {
        return false;
    }

    /** Takes one block. */
    @FunctionalInterface
    interface BlockReader {
        /**
         * @param offset where in the layout the block begins
         * @param values the block's values are {@code values[from .. from + length)}; valid during the call only, not
         *               to be changed
         */
        void accept(int offset, float[] values, int from, int length);
    }
}
