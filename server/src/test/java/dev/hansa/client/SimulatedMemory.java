package dev.hansa.client;

import dev.hansa.core.client.ClientMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes what real nodes hold back of their updates, on the disks of a simulated world. */
public final class SimulatedMemory {

    private SimulatedMemory() {}

    /** In that folder. */
    public static ClientMemory of(Path folder) throws IOException {
        Path told = Files.createDirectories(folder.resolveSibling("told"));
        Path personal = Files.createDirectories(folder.resolveSibling("personal"));
        MemoryFiles files = new MemoryFiles(folder, told, personal, new NodeListener() {});
        files.tidy(0);
        return files;
    }
}
