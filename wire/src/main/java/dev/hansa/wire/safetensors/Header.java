package dev.hansa.wire.safetensors;

import dev.hansa.core.model.Layout;
import java.util.SortedMap;

/**
 * What stands before the values of a file.
 *
 * @param layout   the tensors in the order of their values
 * @param metadata texts by name
 */
record Header(Layout layout, SortedMap<String, String> metadata) {
    /** The bytes of the header's length, which precede it. */
    static final int LENGTH_BYTES = 8;
    /** The key of the metadata, which no tensor may have as its name. */
    static final String METADATA = "__metadata__";
    static final String DTYPE = "dtype";
    static final String SHAPE = "shape";
    static final String DATA_OFFSETS = "data_offsets";
    static final String FLOAT_32 = "F32";
}
