package dev.hansa.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps a folder from growing without bound. */
final class NewestFiles {
    private NewestFiles() {}

    /** Deletes all but that file, whatever the clock says, and the newest others, so many in all. */
    static void prune(Path folder, Path kept, int most) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> old = all.filter(file -> !file.equals(kept))
                    .sorted(Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed())
                    .skip(most - 1L).collect(Collectors.toList());
            for (Path file : old) {
                Files.delete(file);
            }
        }
    }
}
