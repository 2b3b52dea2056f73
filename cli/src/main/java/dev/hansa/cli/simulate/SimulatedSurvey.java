package dev.hansa.cli.simulate;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.option.NamedFile;
import dev.hansa.cli.option.PartitionOption;
import dev.hansa.cli.rows.SharedFile;
import dev.hansa.cli.rows.SharedFiles;
import dev.hansa.client.Guard;
import dev.hansa.client.NodeListener;
import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.coordinator.SurveyLoop;
import dev.hansa.core.coordinator.SurveyLoop.Outcome;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.simulation.LocalFleet;
import dev.hansa.core.simulation.SimulatedNoise;
import dev.hansa.core.simulation.TableSource;
import dev.hansa.core.statistics.Survey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A survey over clients in this process, which answer and refuse as nodes do. Its noise is the same for the same seed, and
 * protects nobody.
 */
public final class SimulatedSurvey {
    private final List<NamedFile> files;
    private final Optional<PartitionOption> partition;
    private final Seed seed;

    /**
     * @param files     one for each client; or one without a name, which the partition divides
     * @param partition how, if it is to be divided
     */
    public SimulatedSurvey(List<NamedFile> files, Optional<PartitionOption> partition, long seed) {
        this.files = files;
        this.partition = partition;
        this.seed = new Seed(seed);
    }

    /**
     * Asks all clients.
     *
     * @throws CommandException                       if options contradict each other
     * @throws dev.hansa.core.data.DataException if a file differs from what the survey declares
     */
    public Outcome ask(Survey survey) throws InterruptedException {
        SortedMap<String, Table> tables = partition.isPresent() ? parts(survey) : each(survey);
        SortedMap<String, Client> clients = new TreeMap<>();
        tables.forEach((name, table) -> clients.put(name, Guard.client(
                Map.of(survey.data().set(), new TableSource(table)), new NodeListener() {}, ClientMemory.inMemory(),
                noise(name))));
        try (LocalFleet fleet = new LocalFleet(clients, Runtime.getRuntime().availableProcessors())) {
            return new SurveyLoop("simulation", survey, fleet, noise("")).run();
        }
    }

    /** Each client's own; of no name the coordinator's. */
    private NoiseSource noise(String client) {
        return purpose -> SimulatedNoise.SEEDED.bytes(seed.derive(client).derive(purpose.value()));
    }

    private SortedMap<String, Table> each(Survey survey) {
        SortedMap<String, Table> tables = new TreeMap<>();
        SharedFiles shared = new SharedFiles();
        for (NamedFile one : files) {
            String name = one.name().orElseThrow(() -> CommandException.usage("--data " + one.file()
                    + " names no client: give NAME=" + one.file() + ", or divide the file with --partition"));
            if (tables.put(name, shared.at(one.file()).read(survey.data())) != null) {
                throw CommandException.usage("--data names the client " + name + " twice");
            }
        }
        return tables;
    }

    private SortedMap<String, Table> parts(Survey survey) {
        PartitionOption how = partition.orElseThrow();
        if (files.size() != 1 || files.getFirst().name().isPresent()) {
            throw CommandException.usage("--partition divides one file without a name, as in --data all.csv; found "
                    + files.size() + " files with names or several files");
        }
        how.partition().objection(survey.data().schema().label()).ifPresent(objection -> {
            throw CommandException.usage("--partition " + how + ": " + objection);
        });
        SharedFile file = new SharedFiles().at(files.getFirst().file());
        Table all = file.read(survey.data());
        SortedMap<String, Table> tables = new TreeMap<>();
        try {
            how.partition()
                    .partitioner(all::labels, name -> file.column(name, "Name a column of the file in --partition."),
                            seed.derive("partition"))
                    .rows(all.rows()).forEach((client, rows) -> tables.put(client, all.select(rows)));
        } catch (IllegalArgumentException e) { // too few rows
            throw CommandException.usage("--partition " + how + ": " + e.getMessage());
        }
        return tables;
    }
}
