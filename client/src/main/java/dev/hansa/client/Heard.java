package dev.hansa.client;

import dev.hansa.core.client.Link;
import dev.hansa.core.protocol.Report;
import dev.hansa.wire.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A link that notes in the time of a file when the coordinator has answered last, to within {@link #GRAIN}: whoever looks at
 * what waits for an owner sees by it whether the node could have been asked since.
 *
 * <p>It is a hint for people. If it cannot be noted, nothing else suffers.
 */
final class Heard implements Link {
    /** A file system need not be bothered with each answer. */
    static final Duration GRAIN = Duration.ofSeconds(10);

    private final Link link;
    private final Path file;
    private final Clock clock;
    private Instant noted = Instant.MIN;

    /** @param file whose time is changed; made if it is not there */
    Heard(Link link, Path file, Clock clock) {
        this.link = link;
        this.file = file;
        this.clock = clock;
    }

    @Override
    public Next next() throws InterruptedException {
        Next next = link.next();
        note(clock.instant());
        return next;
    }

    @Override
    public boolean report(String taskId, Report report) throws InterruptedException {
        return link.report(taskId, report);
    }

    private void note(Instant now) {
        if (noted.isBefore(now.minus(GRAIN)) || noted.isAfter(now)) {
            noted = now;
            try {
                Files.setLastModifiedTime(PrivateFiles.create(file), FileTime.from(now));
            } catch (IOException e) {
                // nobody is told less than before there was such a file
            }
        }
    }
}
