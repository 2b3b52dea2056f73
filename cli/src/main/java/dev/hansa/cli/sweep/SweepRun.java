package dev.hansa.cli.sweep;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Ending;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.Told;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Overall;
import dev.hansa.cli.live.Troubles;
import dev.hansa.cli.report.Sweep;
import dev.hansa.cli.report.SweptRun;
import dev.hansa.cli.results.DamagedResults;
import dev.hansa.cli.results.FolderLock;
import dev.hansa.cli.results.Receipt;
import dev.hansa.cli.results.RunOutputs;
import dev.hansa.cli.simulate.NodesOfPartition;
import dev.hansa.cli.simulate.SimulationJob;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs of a sweep, one after the other; those whose results are there are not run again. */
public final class SweepRun {
    private final Output output;
    private final SimulationJob job;
    private final SweepOptions options;
    private final NodesOfPartition nodes;
    private final String onWhat;
    private final String choices;

    /**
     * @param nodes   how many there are where a setting has to know and does not say
     * @param onWhat  the options that name the rows, as they may be typed again
     * @param choices those that the run files of the results say too, likewise
     */
    public SweepRun(Output output, SimulationJob job, SweepOptions options, NodesOfPartition nodes,
            String onWhat, String choices) {
        this.output = output;
        this.job = job;
        this.options = options;
        this.nodes = nodes;
        this.onWhat = onWhat;
        this.choices = choices;
    }

    /**
     * Checks all runs, then runs those that are not done, and reports of all.
     *
     * @param path of the run file
     * @return what people have been told
     */
    public Told run(RunFile file, Path path, RunOutputs outputs) throws IOException, InterruptedException {
        Path folder = outputs.directory();
        SweepPlan plan = plan(file, folder);
        plan.notes().forEach(output::say);
        new SweepCheck(job, file, path).check(plan);
        outputs.prepare();
        refuseSingle(folder);
        SweepFiles files = new SweepFiles(plan, outputs);
        String again = output.program("simulate ") + Output.quoted(path) + onWhat + choices + options.text() + " --out "
                + Output.quoted(folder);
        try (FolderLock _ = FolderLock.take(folder)) {
            SweepResults results = new SweepResults(plan, folder);
            try (Ending.Duty _ = output.console().ending().lastWords(() -> interrupted(results, files, again))) {
                runAll(plan, path, results);
            }
            Sweep sweep = results.sweep(again, List.of());
            return SweepEnding.print(output, sweep, files.write(sweep, plan.runs()));
        }
    }

    private SweepPlan plan(RunFile file, Path folder) {
        try {
            return SweepPlan.of(file, options.grid(), options.seeds(), nodes, folder);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static void refuseSingle(Path folder) throws IOException {
        if (Receipt.of(folder).isPresent()) {
            throw CommandException.usage("--out: " + folder + " holds the results of a single run; name another folder"
                    + " for the results of many");
        }
    }

    private void runAll(SweepPlan plan, Path path, SweepResults results) throws IOException, InterruptedException {
        List<PlannedRun> open = open(plan, results);
        int of = plan.runs().size();
        if (open.size() < of) {
            output.say(of - open.size() + " of " + Format.count(of, "run") + " already done"
                    + (open.isEmpty() ? "" : "; " + open.size() + " to go") + " (--fresh runs all again)");
        }
        Instant begin = Instant.now();
        Troubles troubles = new Troubles();
        for (int ran = 0; ran < open.size(); ran++) {
            PlannedRun run = open.get(ran);
            RunOutputs outputs = new RunOutputs(run.folder());
            outputs.prepare();
            job.run(run.file(), job.read(run.file(), path), outputs,
                    Optional.of(new Overall(run.name(), run.number() + 1, of, open.size() - ran, ran,
                            Duration.between(begin, Instant.now()), results.best(), troubles)),
                    output.program("simulate ") + Output.quoted(outputs.runFile()) + onWhat, () -> {});
            SweptRun result = results.read(run);
            int left = open.size() - ran - 1;
            Duration each = Duration.between(begin, Instant.now()).dividedBy(ran + 1);
            output.say(results.size() + "/" + of + "  " + run.name() + ": " + results.text(result)
                    + (left == 0 ? "" : ", about " + Format.seconds(each.multipliedBy(left)) + " left"));
        }
        troubles.counts().forEach(output::say);
    }

    /** Those that are to be run; the results of the others are read. */
    private List<PlannedRun> open(SweepPlan plan, SweepResults results) throws IOException {
        List<PlannedRun> open = new ArrayList<>();
        for (PlannedRun run : plan.runs()) {
            if (options.fresh() || !run.isDone(job.fingerprint())) {
                open.add(run);
                continue;
            }
            try {
                results.read(run);
            } catch (DamagedResults e) {
                output.say(run.name() + " is run again: " + e.what());
                open.add(run);
            }
        }
        return open;
    }

    private Map<String, ?> interrupted(SweepResults results, SweepFiles files, String again) {
        int of = files.plan().runs().size();
        String done = results.size() + " of " + Format.count(of, "run") + " done";
        Path folder = files.outputs().directory();
        output.say("interrupted: " + done + " and kept in " + folder + "; the same command goes on with the others");
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("done", results.size());
        object.put("runs", of);
        if (results.size() > 0) {
            try {
                files.write(results.sweep(again, List.of("Interrupted: " + done
                        + ", and only these are shown. The command at the end of this page goes on with the others.")),
                        results.runs());
                output.say(files.outputs().report() + " shows those that are done; '"
                        + output.program("compare ") + Output.quoted(folder) + "' puts them beside other results");
                object.put("report", files.outputs().report().toAbsolutePath().toString());
            } catch (IOException e) {
                output.say("their report could not be written: " + e.getMessage());
            }
        }
        return object;
    }
}
