package dev.hansa.cli.bench;

import dev.hansa.client.http.HttpLink;
import dev.hansa.client.http.Join;
import dev.hansa.client.http.LinkListener;
import dev.hansa.client.http.PinnedHttp;
import dev.hansa.core.client.Link;
import dev.hansa.core.data.ColumnStatistics;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A node that speaks like one and does not train: it makes its updates up, others than its neighbours'. Its link, keys and
 * connections are those of a real node.
 */
final class EmulatedNode implements Runnable, AutoCloseable {
    private static final LinkListener SILENT = new LinkListener() {};

    private final PinnedHttp http;
    private final HttpLink link;
    private final SplittableRandom random;

    /** Joins. */
    EmulatedNode(int number, Token token, Path folder) throws IOException, InterruptedException {
        this.http = new PinnedHttp(token.address(), token.fingerprint());
        this.random = new SplittableRandom(number);
        NodeKey key = NodeKey.generate();
        String name = new Join(http, key, SILENT).send(token.secret(), "node-" + number, "bench",
                List.of(Workload.DATA_SET));
        this.link = new HttpLink(http, key, name, Files.createDirectories(folder.resolve("models")),
                Files.createDirectories(folder.resolve("updates")), SILENT);
    }

    /** Works until it is interrupted. */
    @Override
    public void run() {
        try {
            link.hello("bench", List.of(Workload.DATA_SET));
            while (true) {
                if (link.next() instanceof Link.Next.Work work) {
                    link.report(work.taskId(), answer(work.task()));
                }
            }
        } catch (InterruptedException e) {
            // the end of the benchmark
        }
    }

    private Report answer(Task task) {
        return switch (task) {
            case Task.Describe describe -> new Report.Described(statistics(describe));
            case Task.Fit fit -> new Report.Fitted(new ModelUpdate(difference(fit.parameters()), 15, sums(15)));
            case Task.Evaluate evaluate -> new Report.Evaluated(sums(5));
        };
    }

    private static TableStatistics statistics(Task.Describe task) {
        SortedMap<String, ColumnStatistics> columns = new TreeMap<>();
        TableStatistics.numberColumns(task.data().schema())
                .forEach(column -> columns.put(column, new ColumnStatistics(15, 7.5, 5)));
        return new TableStatistics(15, 5, columns);
    }

    private Parameters difference(Parameters model) {
        float[] values = new float[model.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (random.nextInt() >> 8) * 0x1p-33f;
        }
        return Parameters.owning(model.layout(), values);
    }

    private static Sums sums(int examples) {
        return Sums.of(Map.of(Sums.EXAMPLES, (double) examples, Sums.LOSS, 1.0, Sums.SQUARED_ERROR, 1.0,
                Sums.ABSOLUTE_ERROR, 1.0, Sums.LABEL, 1.0, Sums.LABEL_SQUARED, 1.0));
    }

    @Override
    public void close() {
        http.close();
    }
}
