package dev.hansa.cli.bench;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.safetensors.SafetensorsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** A few updates of random numbers, made beforehand: neighbours send different bytes, and making them costs no round. */
final class Updates {
    private static final int MOST = 16;

    private final List<Update> updates = new ArrayList<>();

    /** As many as there are nodes, but not more than {@value #MOST}. */
    Updates(Layout layout, int nodes) throws IOException {
        for (int number = 0; number < Math.min(nodes, MOST); number++) {
            SplittableRandom random = new SplittableRandom(number);
            float[] values = new float[layout.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (random.nextInt() >> 8) * 0x1p-33f;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * values.length + 4096);
            SafetensorsWriter.write(bytes, Parameters.owning(layout, values), Collections.emptySortedMap());
            byte[] content = bytes.toByteArray();
            updates.add(new Update(content, new BlobRef(Sha256.of(content), content.length)));
        }
    }

    /** The update of the node. */
    Update of(int node) {
        return updates.get(node % updates.size());
    }

    /** A safetensors file. */
    record Update(byte[] content, BlobRef blob) {}
}
