package dev.hansa.server.fleet;

import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.FleetContract;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Report;
import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.ReportCodec;
import dev.hansa.wire.message.TaskCodec;
import dev.hansa.wire.safetensors.SafetensorsFile;
import dev.hansa.wire.safetensors.SafetensorsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The fleet with nodes that are threads here: all but the network is as it will be. */
class RemoteFleetTest extends FleetContract {
    @TempDir
    Path folder;
    private final List<Thread> threads = new ArrayList<>();
    private FleetOnDisk disk;

    @BeforeEach
    void open() {
        disk = new FleetOnDisk(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        disk.board().drain();
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
        disk.close();
    }

    @Override
    protected Fleet fleet(Map<String, Client> clients, Set<String> silent) {
        clients.keySet().forEach(disk::join);
        clients.forEach((name, client) -> {
            if (!silent.contains(name)) {
                threads.add(Thread.ofVirtual().start(() -> work(name, client)));
            }
        });
        return disk.fleet();
    }

    private void work(String name, Client client) {
        try {
            while (true) {
                Optional<OpenTask> next = disk.board().next(name, Duration.ofSeconds(30));
                if (next.isEmpty()) {
                    return;
                }
                OpenTask task = next.get();
                Report report = client.perform(TaskCodec.decode(task.message(), blob -> Parameters
                        .load(SafetensorsFile.open(task.model().orElseThrow().file()))));
                disk.board().report(task, ReportCodec.encode(report, difference -> upload(task, difference)));
            }
        } catch (InterruptedException | RejectedException e) {
            // the test is over
        }
    }

    private static BlobRef upload(OpenTask task, ParameterSource difference) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SafetensorsWriter.write(out, difference, Collections.emptySortedMap());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] update = out.toByteArray();
        Upload upload = task.upload(Sha256.of(update), update.length);
        upload.append(0, update, update.length);
        upload.finishIfWhole();
        return new BlobRef(Sha256.of(update), update.length);
    }
}
