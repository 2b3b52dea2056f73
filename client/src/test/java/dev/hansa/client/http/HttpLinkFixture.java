package dev.hansa.client.http;

import static dev.hansa.client.http.FakeCoordinator.body;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.proto.Report;
import dev.hansa.wire.safetensors.BlobFolder;
import dev.hansa.wire.trust.NodeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A link over real TLS to a coordinator that answers as it is told, and a model of a few chunks. */
abstract class HttpLinkFixture {
    static final int SIZE = 50_000;
    static final Layout LAYOUT = Layout.of(TensorShape.of("w", SIZE));
    static final Parameters MODEL = parameters();
    static final String REPORT = "POST /v1/tasks/t1/report";

    @TempDir
    Path directory;
    final NodeKey key = NodeKey.generate();
    final FakeTiming timing = new FakeTiming(20);
    final RecordingListener listener = new RecordingListener();
    FakeCoordinator coordinator;
    PinnedHttp http;
    HttpLink link;
    BlobRef model;
    byte[] modelBytes;
    String modelCall;

    @BeforeEach
    void start() throws IOException {
        BlobFolder blobs = new BlobFolder(Files.createDirectories(directory.resolve("coordinator")));
        model = blobs.write(MODEL);
        modelBytes = Files.readAllBytes(blobs.path(model.sha256()));
        modelCall = "GET /v1/blobs/" + model.sha256().hex();
        coordinator = FakeCoordinator.overHttp1().know(key.publicKey());
        http = new PinnedHttp(coordinator.address(), coordinator.fingerprint());
        link = new HttpLink(http, key, "alice", Files.createDirectories(directory.resolve("models")),
                Files.createDirectories(directory.resolve("updates")), listener, timing, false);
    }

    @AfterEach
    void stop() {
        http.close();
        coordinator.close();
    }

    Report reported() throws IOException {
        return Report.parseFrom(body(coordinator.requests(REPORT).get(0)));
    }

    static Parameters parameters() {
        float[] values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = i * 0.5f;
        }
        return Parameters.owning(LAYOUT, values);
    }
}
