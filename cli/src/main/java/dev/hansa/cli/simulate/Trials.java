package dev.hansa.cli.simulate;

import dev.hansa.cli.example.Tables;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.option.NamedFile;
import dev.hansa.cli.rows.ClientRows;
import dev.hansa.cli.rows.ReadingView;
import dev.hansa.cli.rows.RowCache;
import dev.hansa.cli.rows.RowReading;
import dev.hansa.cli.rows.SharedFiles;
import dev.hansa.client.data.CsvSource;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.data.Table;
import dev.hansa.spec.RunFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Simulations on the tables of an example, of which nothing is kept but how they ended. */
public final class Trials {
    private final ClientRows clients;
    private final Map<String, Table> own;
    private final int threads;

    private Trials(ClientRows clients, Map<String, Table> own, int threads) {
        this.clients = clients;
        this.own = own;
        this.threads = threads;
    }

    /**
     * On the tables in that folder.
     *
     * @param file that says how they are read and divided; the files that are run then say the same
     */
    public static Trials on(Output output, Path folder, RunFile file, int threads) {
        Path rows = Tables.rows(folder);
        RowReading reading = new RowReading(new SharedFiles(), new RowCache(folder.resolve("rows-cache")), false,
                Runtime.getRuntime().maxMemory(),
                csv -> new ReadingView(output.console().terminal(), csv, System::nanoTime),
                output.console().ending());
        Map<String, Table> own = new TreeMap<>();
        if (Files.exists(Tables.unseen(folder)) && file.spec().ownRows().contains(Tables.UNSEEN)) {
            own.put(Tables.UNSEEN, new CsvSource(Tables.unseen(folder), "Prepare the example again.")
                    .read(file.spec().ownRows(Tables.UNSEEN)));
        }
        return new Trials(
                new SimulatedData(List.of(new NamedFile(Optional.empty(), rows)), Optional.empty(), reading)
                        .read(file, rows),
                own, threads);
    }

    /** How many clients there are. */
    public int clients() {
        return clients.size();
    }

    /**
     * Runs the file to its end and returns its last round.
     *
     * @throws IllegalStateException if it did not finish
     */
    public RoundRecord last(RunFile file) throws InterruptedException {
        List<RoundRecord> rounds = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Simulation.run(file, clients, own, threads, file.simulation().devices(), event -> {
            if (event instanceof RunEvent.RoundCommitted committed) {
                rounds.add(committed.record());
            } else if (event instanceof RunEvent.RoundEvaluated evaluated) {
                rounds.replaceAll(round -> round.round() == evaluated.record().round() ? evaluated.record() : round);
            } else if (event instanceof RunEvent.Failed failed) {
                failures.add(failed.reason());
            }
        });
        if (rounds.isEmpty() || !failures.isEmpty()) {
            throw new IllegalStateException("the simulation did not finish: " + String.join("; ", failures));
        }
        return rounds.getLast();
    }
}
