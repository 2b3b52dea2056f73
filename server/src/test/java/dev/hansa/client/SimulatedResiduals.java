package dev.hansa.client;

import dev.hansa.core.compress.Residuals;
import java.nio.file.Path;

/** Makes what real nodes hold back of their updates, on the disks of a simulated world. */
public final class SimulatedResiduals {

    private SimulatedResiduals() {}

    /** In that folder. */
    public static Residuals of(Path folder) {
        ResidualFiles files = new ResidualFiles(folder, new NodeListener() {});
        files.tidy(0);
        return files;
    }
}
