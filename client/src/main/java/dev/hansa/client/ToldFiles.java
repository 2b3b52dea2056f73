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
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node has told under noise of its own, a file for each run and what it is; the newest {@link #MOST} of them. What is
 * gone may be told anew, with new noise, and is charged anew.
 *
 * @param folder exists, and holds nothing else
 */
record ToldFiles(Path folder) {
    static final int MOST = 1000;

    /** Tells where, when it is on the disk. */
    Path keep(String run, String what, Parameters numbers) throws IOException {
        BlobFolder blobs = new BlobFolder(folder);
        Sha256 name = blobs.write(numbers).sha256();
        Path kept = file(run, what);
        PrivateFiles.move(blobs.path(name), kept);
        NewestFiles.prune(folder, kept, MOST);
        return kept;
    }

    /** {@link dev.hansa.core.model.DamagedParametersException} if it is damaged. */
    Optional<Parameters> find(String run, String what) {
        Path file = file(run, what);
        return Files.exists(file) ? Optional.of(Parameters.load(SafetensorsFile.open(file))) : Optional.empty();
    }

    /** Deletes what was kept before that. */
    void tidy(long beforeMillis) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.collect(Collectors.toList());
        }
        for (Path file : files) {
            if (file.toFile().lastModified() < beforeMillis) {
                Files.delete(file);
            }
        }
    }

    /** Runs are called as the coordinator likes, files are not. */
    private Path file(String run, String what) {
        return folder.resolve(key(run) + "-" + key(what) + ".safetensors");
    }

    private static String key(String name) {
        return Sha256.of(name.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
    }
}
