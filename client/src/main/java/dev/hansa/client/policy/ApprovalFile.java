package dev.hansa.client.policy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hansa.core.FederationException;
import dev.hansa.wire.disk.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/** A JSON object in a file, which a node and whoever decides for its owner read and write at the same time. */
record ApprovalFile(Path path) {

    boolean exists() {
        return Files.exists(path);
    }

    /** Empty if it is not there. */
    Optional<JsonObject> read() {
        try {
            return Files.exists(path)
                    ? Optional.of(JsonParser
                            .parseString(new String(Files.readAllBytes(path), StandardCharsets.UTF_8))
                            .getAsJsonObject())
                    : Optional.empty();
        } catch (NoSuchFileException e) { // the node forgets old ones
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw unusable(path, e);
        }
    }

    /** Replaces it, as of then. */
    void write(JsonObject json, Instant now) {
        try {
            PrivateFiles.replace(path, (json + "\n").getBytes(StandardCharsets.UTF_8));
            touch(now);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    void touch(Instant now) {
        try {
            Files.setLastModifiedTime(path, FileTime.from(now));
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** When it was written, or touched, last. */
    Instant time() {
        return Instant.ofEpochMilli(path.toFile().lastModified());
    }

    /** The text under that name; empty if there is none. */
    static String text(JsonObject json, String name) {
        return json.has(name) ? json.get(name).getAsString() : "";
    }

    static FederationException unusable(Path file, Exception e) {
        return new FederationException("cannot use " + file.toAbsolutePath() + ", where approvals of runs are kept: "
                + e.getMessage() + "; delete it to be asked again", true, e);
    }
}
