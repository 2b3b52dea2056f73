package dev.hansa.client;

import dev.hansa.core.model.Parameters;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import dev.hansa.wire.safetensors.BlobFolder;
import dev.hansa.wire.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A node's own models, each a safetensors file named after its run; the newest {@link #MOST_RUNS} of them. They are the
 * owner's, who may copy and delete them.
 *
 * @param folder exists, and holds nothing else
 */
record PersonalFiles(Path folder) {
    static final int MOST_RUNS = 64;
    static final String SUFFIX = ".safetensors";

    /** Tells where. */
    Path keep(String run, int round, Parameters model) throws IOException {
        BlobFolder blobs = new BlobFolder(folder);
        Sha256 name = blobs.write(model,
                new TreeMap<>(Map.of("hansa.run", run, "hansa.round", String.valueOf(round)))).sha256();
        Path kept = file(run);
        PrivateFiles.move(blobs.path(name), kept);
        NewestFiles.prune(folder, kept, MOST_RUNS);
        return kept;
    }

    /** {@link dev.hansa.core.model.DamagedParametersException} if it is damaged. */
    Optional<Parameters> find(String run) {
        Path file = file(run);
        return Files.exists(file) ? Optional.of(Parameters.load(SafetensorsFile.open(file))) : Optional.empty();
    }

    /** Runs are called as the coordinator likes, files are not. */
    private Path file(String run) {
        boolean plain = run.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
        return folder.resolve(
                (plain ? run : Sha256.of(run.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32)) + SUFFIX);
    }
}
