package dev.hansa.core;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What others published or computed, in files beside the checkout. Where one is not there, what needs it is skipped. */
public final class ReferenceFiles {
    private static final Path FOLDER = Path.of("../../shared");

    private ReferenceFiles() {}

    /** The file or folder. A test without it is skipped, and says so where builds are watched and not in their reports alone. */
    public static Path require(String path) {
        Path wanted = FOLDER.resolve(path).toAbsolutePath().normalize();
        String skipped = "skipped, not passed: there is no " + wanted;
        if (Files.notExists(wanted)) {
            System.err.println(skipped);
        }
        assumeTrue(Files.exists(wanted), skipped);
        return wanted;
    }
}
