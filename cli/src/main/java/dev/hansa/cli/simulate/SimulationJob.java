package dev.hansa.cli.simulate;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Ending;
import dev.hansa.cli.Version;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Overall;
import dev.hansa.cli.live.RunView;
import dev.hansa.cli.option.NamedFile;
import dev.hansa.cli.option.RowsOption;
import dev.hansa.cli.report.LittleLearned;
import dev.hansa.cli.report.RunResult;
import dev.hansa.cli.report.SimulatedFleet;
import dev.hansa.cli.results.Fingerprint;
import dev.hansa.cli.results.Receipt;
import dev.hansa.cli.results.RunOutputs;
import dev.hansa.cli.results.RunRecorder;
import dev.hansa.cli.rows.ClientRows;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Named;
import dev.hansa.core.simulation.MemoryEstimate;
import dev.hansa.core.simulation.MemoryEstimate.Clients;
import dev.hansa.spec.Devices;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What simulations run on, whatever their run files: the rows, and threads. */
public final class SimulationJob {
    private final Output output;
    private final SimulatedData data;
    private final RowsOption rows;
    private final int threads;

    public SimulationJob(Output output, SimulatedData data, RowsOption rows, int threads) {
        this.output = output;
        this.data = data;
        this.rows = rows;
        this.threads = threads;
    }

    /** Of all rows as they were read; files that no run has asked for are read for it. */
    public String fingerprint() throws IOException {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        for (NamedFile one : data.files()) {
            all.add(Map.entry("data " + one.name().orElse(""), fingerprint(one)));
        }
        for (NamedFile one : rows.files()) {
            all.add(Map.entry("rows " + one.name().orElse(""), fingerprint(one)));
        }
        return Fingerprint.of(all);
    }

    /** Of the same rows, whatever the files and clients are called. */
    private String content() throws IOException {
        List<String> all = new ArrayList<>();
        for (NamedFile one : data.files()) {
            all.add("data " + fingerprint(one));
        }
        for (NamedFile one : rows.files()) {
            all.add("rows " + fingerprint(one));
        }
        all.sort(Comparator.naturalOrder());
        return Fingerprint.of(String.join("\n", all));
    }

    private String fingerprint(NamedFile one) throws IOException {
        return data.reading().files().at(one.file()).fingerprint();
    }

    /**
     * The rows of a run.
     *
     * @param clients by client its own
     * @param own     the coordinator's own, by name
     */
    public record Rows(ClientRows clients, Map<String, Table> own) {
        public Crowd crowd() {
            return new Crowd(Simulation.load(clients));
        }
    }

    /** What there is of all clients. */
    public record Crowd(Clients clients) {}

    /**
     * Reads the rows of the run that the file describes, and sees that it can be run on them.
     *
     * @param path of the file, for messages
     */
    public Rows read(RunFile file, Path path) {
        RunSpec spec = file.spec();
        Map<Path, DataSpec> own = new HashMap<>();
        for (String name : spec.ownRows()) {
            rows.files().stream().filter(one -> one.name().equals(Optional.of(name)))
                    .forEach(one -> own.put(one.file(), spec.ownRows(name)));
        }
        data.reading().requireRoom(own, data.files().stream().map(NamedFile::file).toList(), spec.data());
        ClientRows clients = data.read(file, path);
        spec.privacy().flatMap(plan -> plan.tooLikely(clients.size())).ifPresent(problem -> {
            throw CommandException.usage(path + ": " + problem);
        });
        return new Rows(clients, rows.read(spec, data.reading().files()::at));
    }

    /**
     * Sees that there is memory for the run, and says how much it needs where that is much.
     *
     * @throws CommandException if there is not
     */
    public void checkHeap(RunFile file, Crowd crowd) {
        HeapCheck.ofProcess().check(file.spec(),
                MemoryEstimate.load(file.spec(), crowd.clients, threads), output.verbose())
                .ifPresent(output::say);
    }

    /**
     * Runs the file to its end, in view, and leaves its results in the folder, which is there.
     *
     * @param on          as read for it
     * @param overall     what it is among other runs, if there are any
     * @param repeat      the command that runs it again
     * @param interrupted what to do if the process is asked to end
     */
    public RunResult run(RunFile file, Rows on, RunOutputs outputs, Optional<Overall> overall, String repeat,
            Runnable interrupted) throws IOException, InterruptedException {
        Optional<Devices> devices = file.simulation().devices();
        Instant started = Instant.now();
        Simulation simulation;
        RunRecorder recorder = new RunRecorder();
        try (RunView view = view(file, overall); Ending.Duty _ = output.console().ending().duty(() -> {
            view.close();
            interrupted.run();
        })) {
            simulation = Simulation.run(file, on.clients, on.own, threads, devices, recorder.andThen(view));
        }
        RunResult result = recorder.result(file, started, Duration.between(started, Instant.now()),
                new RunResult.Setting(true,
                        "simulated with " + Format.count(on.clients.size(), "client") + " in one process", repeat,
                        Version.number(), Optional.of(fleet(on.clients, devices.map(Devices::name)))));
        outputs.write(result, simulation::writeModel, simulation::writeBest, file,
                new Receipt(Receipt.FORMAT, Fingerprint.of(file.settings(), fingerprint()), fingerprint(),
                        Version.number(), result.ending(), result.reason(), result.duration().toMillis() / 1000.0,
                        content(), LittleLearned.of(result).orElse(null)))
                .ifPresent(earlier -> output.say("the results of the earlier run, which finished, are kept in "
                        + earlier));
        return result;
    }

    private static SimulatedFleet fleet(ClientRows rows, Optional<String> devices) {
        return new SimulatedFleet(devices,
                rows.schema().label() instanceof Column.Category category ? category.categories() : List.of(),
                Named.owning(rows.clients(), rows.clients().stream().map(rows::classes).toArray(int[][]::new)));
    }

    private RunView view(RunFile file, Optional<Overall> overall) {
        return overall.isPresent()
                ? RunView.on(output.console().terminal(), file.spec(), Clock.systemUTC(), overall.get())
                : RunView.on(output.console().terminal(), file.spec(), Clock.systemUTC());
    }
}
