package dev.hansa.cli.demo;

import dev.hansa.core.FederationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The housing example, as it comes with the program: two towns and their run.yaml. */
final class HousingData {

    private HousingData() {}

    /** Copies the rows of a town, {@code alice} or {@code bob}, into the folder. */
    static Path unpackRows(String town, Path folder) {
        Path file = folder.resolve(town + ".csv");
        try (InputStream in = open(town + ".csv")) {
            Files.createDirectories(folder);
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new FederationException("could not write " + file + ": " + e.getMessage(), true, e);
        }
    }

    /** The text of a file of the example. */
    static String text(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new FederationException("could not read the example " + name + ": " + e.getMessage(), false, e);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = HousingData.class.getResourceAsStream("housing/" + name);
        if (in == null) {
            throw new IOException("the program comes without it");
        }
        return in;
    }
}
