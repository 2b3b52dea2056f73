package dev.hansa.cli.results;

import dev.hansa.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Results to be compared: each a run, or runs that differ in their seed alone.
 *
 * @param sets in the order in which their folders were named
 */
public record ResultSets(List<ResultSet> sets) {
    private static final String SEED = "seed";
    /** A sweep has folders for settings, and in these for seeds. */
    private static final int DEPTH = 2;

    public ResultSets {
        sets = List.copyOf(sets);
    }

    /**
     * Runs that differ in their seed alone.
     *
     * @param name of their folder
     * @param runs at least one
     */
    public record ResultSet(String name, List<StoredRun> runs) {
        public ResultSet {
            runs = List.copyOf(runs);
        }

        private Path place() {
            return runs.getFirst().folder().toAbsolutePath().normalize();
        }

        private Map<String, String> settings() {
            return runs.getFirst().file().settings();
        }
    }

    /**
     * Reads what lies in the folders, or below them where they are of sweeps.
     *
     * @throws CommandException if one holds no results
     */
    public static ResultSets in(List<Path> folders) throws IOException {
        Map<Path, ResultSet> sets = new LinkedHashMap<>(); // by where they are, for folders may lie in one another
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw CommandException.usage("there is no folder " + folder);
            }
            List<ResultSet> found = find(folder, DEPTH);
            if (found.isEmpty()) {
                throw CommandException.usage("the folder " + folder + " holds no results of a simulation (no "
                        + Receipt.FILE + "); name one that 'simulate --out' has written");
            }
            found.forEach(set -> sets.putIfAbsent(set.place(), set));
        }
        return new ResultSets(List.copyOf(sets.values()));
    }

    private static List<ResultSet> find(Path folder, int depth) throws IOException {
        List<StoredRun> here = StoredRun.of(folder).stream().toList();
        if (depth == 0 || !here.isEmpty() && !hasSeeds(folder)) {
            return here.isEmpty() ? List.of() : List.of(new ResultSet(folder.toString(), here));
        }
        List<ResultSet> sets = new ArrayList<>();
        Map<Map<String, String>, List<StoredRun>> seeds = new LinkedHashMap<>();
        for (Path inner : inner(folder)) {
            if (isSeed(inner)) {
                for (StoredRun run : StoredRun.of(inner).stream().toList()) {
                    Map<String, String> others = run.file().settings();
                    others.remove(SEED);
                    seeds.computeIfAbsent(others, _ -> new ArrayList<>()).add(run);
                }
            } else {
                sets.addAll(find(inner, depth - 1));
            }
        }
        seeds.values().forEach(runs -> sets.add(new ResultSet(
                (seeds.size() == 1 ? folder : runs.getFirst().folder()).toString(), runs)));
        return sets;
    }

    /** Runs with several seeds are worth more than one that was there before. */
    private static boolean hasSeeds(Path folder) throws IOException {
        for (Path inner : inner(folder)) {
            if (isSeed(inner) && Receipt.of(inner).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSeed(Path folder) {
        return folder.getFileName().toString().startsWith(SEED + "-");
    }

    private static List<Path> inner(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** The keys, in the order of the run file, that are not the same in all; without the seed where some have several. */
    public List<String> differences() {
        Set<String> keys = new LinkedHashSet<>();
        sets.forEach(set -> keys.addAll(set.settings().keySet()));
        if (sets.stream().anyMatch(set -> set.runs().size() > 1)) {
            keys.remove(SEED);
        }
        keys.removeIf(key -> sets.stream().map(set -> set.settings().getOrDefault(key, "–")).distinct().count() == 1);
        return List.copyOf(keys);
    }

    /** What a set says under these keys. */
    public static Map<String, String> settings(ResultSet set, List<String> keys) {
        Map<String, String> all = set.settings();
        Map<String, String> some = new LinkedHashMap<>();
        keys.forEach(key -> some.put(key, all.getOrDefault(key, "–")));
        return some;
    }

    /**
     * By content of the rows that they were run on, the names of the sets; one entry if all had the same. How files or
     * clients were called has no part in it, unless some results are of a version that kept no more.
     */
    public Map<String, List<String>> byData() {
        Map<String, List<String>> byData = new LinkedHashMap<>();
        boolean known = sets.stream().flatMap(set -> set.runs().stream())
                .allMatch(run -> run.receipt().content() != null);
        sets.forEach(set -> set.runs().stream().map(StoredRun::receipt)
                .map(receipt -> known ? Objects.requireNonNullElse(receipt.content(), "") : receipt.data()).distinct()
                .forEach(data -> byData.computeIfAbsent(data, _ -> new ArrayList<>()).add(set.name())));
        return byData;
    }
}
