package dev.hansa.client;

import dev.hansa.core.client.ClientMemory;
import java.nio.file.Path;

/** Makes what real nodes hold back of their updates, on the disks of a simulated world. */
public final class SimulatedMemory {

    private SimulatedMemory() {}

    /** In that folder. */
    public static ClientMemory of(Path folder) {
        MemoryFiles files = new MemoryFiles(folder, folder.resolveSibling("personal"), new NodeListener() {});
        files.tidy(0);
        return files;
    }
}
