package dev.hansa.server.store;

import dev.hansa.core.FederationException;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import dev.hansa.wire.safetensors.BlobFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of one run: {@code state} holds the last checkpoint's blob, {@code models} what nodes fetch, {@code spool}
 * what they upload until it is counted, {@code rows} the coordinator's own rows, and {@code model} is for the people.
 */
public final class RunFolder {
    private final Path folder;

    /** @param folder made when it is needed */
    public RunFolder(Path folder) {
        this.folder = folder;
    }

    /** The last checkpoint's blob. */
    BlobFolder state() {
        return new BlobFolder(make("state"));
    }

    /** What nodes fetch. */
    public BlobFolder models() {
        return new BlobFolder(make("models"));
    }

    /** What nodes upload. */
    public Path spool() {
        return make("spool");
    }

    /** The rows of the coordinator's own of that name, as the run took them; they need not exist. */
    Path rows(String name) {
        return make("rows").resolve(Sha256.of(name.getBytes(StandardCharsets.UTF_8)).hex());
    }

    /** The model of the round as a file for people; it need not exist. */
    public Path model(int round) {
        return make("model").resolve("round-" + round + ".safetensors");
    }

    /** Deletes what nodes fetch: it is made again. */
    public void clearFetched() {
        clear("models", file -> true);
    }

    /** Deletes the models for people but those of these rounds; who reads one may go on. */
    public void keepModels(Set<Integer> rounds) {
        Set<Path> kept = rounds.stream().map(this::model).collect(Collectors.toSet());
        clear("model", file -> !kept.contains(file));
    }

    /** Deletes all updates but those of these tasks. */
    public void keepUploads(Set<String> tasks) {
        clear("spool", file -> !tasks.contains(file.getFileName().toString().replaceFirst("-.*", "")));
    }

    private void clear(String part, Predicate<Path> which) {
        try (Stream<Path> files = Files.list(make(part))) {
            for (Path file : files.filter(which).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new FederationException("cannot delete old files in " + folder + ": " + e.getMessage(), true, e);
        }
    }

    private Path make(String name) {
        try {
            return PrivateFiles.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new FederationException("the folder " + folder.resolve(name) + " cannot be made: " + e.getMessage(),
                    true, e);
        }
    }
}
