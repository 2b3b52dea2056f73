package dev.hansa.cli.sweep;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.simulate.NodesOfPartition;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.document.InvalidSpecException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All runs of a sweep, each of a run file that was checked: the product of the grid's keys, with each seed.
 *
 * @param keys  of the grid; empty if seeds alone differ
 * @param cells no two of which mean the same
 * @param runs  cell by cell, each with as many
 * @param notes what has been left out, or taken for granted, for people
 */
public record SweepPlan(List<String> keys, List<Cell> cells, List<PlannedRun> runs, List<String> notes) {
    /** More are a mistake rather than a plan. */
    private static final int MOST_RUNS = 100_000;
    private static final int MOST_NOTES = 3;
    private static final String SEED = "seed";

    public SweepPlan {
        keys = List.copyOf(keys);
        cells = List.copyOf(cells);
        runs = List.copyOf(runs);
        notes = List.copyOf(notes);
    }

    /**
     * Checks and plans.
     *
     * @param nodes  how many there are where a setting has to know and does not say
     * @param seeds  that each setting is run with; empty for that of the run file, without a folder of its own
     * @param folder below which all results go
     * @throws IllegalArgumentException if a key or a value is none, naming both
     */
    public static SweepPlan of(RunFile file, List<GridKey> grid, Optional<Seeds> seeds,
            NodesOfPartition nodes, Path folder) {
        GridCheck.check(file, grid, seeds.isPresent());
        Map<Map<String, String>, Cell> cells = new LinkedHashMap<>();
        Set<Path> places = new HashSet<>();
        List<PlannedRun> runs = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Map<String, String> settings : product(grid, seeds.orElse(Seeds.OWN).from(0).size())) {
            RunFile changed = changed(file, settings, nodes, notes);
            Cell cell = Cell.of(settings, changed);
            Cell same = cells.putIfAbsent(changed.settings(), cell);
            if (same == null) {
                Path place = settings.isEmpty() ? folder : folder.resolve(cell.folder());
                if (!places.add(place)) {
                    throw new IllegalArgumentException("--grid: the results of " + cell.name() + " and of another"
                            + " setting would go into the folder " + place + "; run them one after the other, each"
                            + " with an --out of its own");
                }
                runs.addAll(runs(changed, cell, seeds, place, runs.size()));
            } else {
                notes.add(cell.name() + " is the same as " + same.name() + ": run once");
            }
        }
        return new SweepPlan(grid.stream().map(GridKey::key).toList(), List.copyOf(cells.values()), runs,
                shortened(notes));
    }

    private static List<PlannedRun> runs(RunFile changed, Cell cell, Optional<Seeds> seeds, Path place, int first) {
        if (seeds.isEmpty()) {
            return List.of(new PlannedRun(first, cell, changed.spec().seed().value(), changed, place));
        }
        List<PlannedRun> runs = new ArrayList<>();
        for (long seed : seeds.get().from(changed.spec().seed().value())) {
            runs.add(new PlannedRun(first + runs.size(), cell, seed,
                    changed.with(Map.of(SEED, String.valueOf(seed)), SEED), place.resolve(SEED + "-" + seed)));
        }
        return runs;
    }

    private static List<String> shortened(List<String> notes) {
        List<String> few = new ArrayList<>(notes.subList(0, Math.min(MOST_NOTES, notes.size())));
        if (notes.size() > MOST_NOTES) {
            few.add("and " + Format.count(notes.size() - MOST_NOTES, "more setting") + " likewise");
        }
        return few;
    }

    private static List<Map<String, String>> product(List<GridKey> grid, long seeds) {
        long runs = seeds;
        for (GridKey key : grid) {
            runs = Math.min(Integer.MAX_VALUE, runs * key.values().size());
        }
        if (runs > MOST_RUNS) {
            throw new IllegalArgumentException("--grid and --seeds ask for " + runs + " runs, expected at most "
                    + MOST_RUNS);
        }
        List<Map<String, String>> product = List.of(Map.of());
        for (GridKey key : grid) {
            product = product.stream().flatMap(before -> key.values().stream().map(value -> {
                Map<String, String> more = new LinkedHashMap<>(before);
                more.put(key.key(), value);
                return more;
            })).toList();
        }
        return product;
    }

    private static RunFile changed(RunFile file, Map<String, String> settings, NodesOfPartition nodes,
            List<String> notes) {
        try {
            return file.with(settings, "grid");
        } catch (InvalidSpecException e) {
            RunFile instead = nodes.instead(file, settings, "grid").orElseThrow(() -> new IllegalArgumentException(
                    Fault.of(settings, Fault.text(e), some -> objection(file, some)), e));
            notes.add(Cell.of(settings, instead).name() + ": " + NodesOfPartition.taken(instead));
            return instead;
        }
    }

    private static Optional<String> objection(RunFile file, Map<String, String> settings) {
        try {
            file.with(settings, "grid");
            return Optional.empty();
        } catch (InvalidSpecException e) {
            return Optional.of(Fault.text(e));
        }
    }

    /** How many runs each cell has. */
    public int seeds() {
        return runs.size() / cells.size();
    }

    /**
     * The runs of a cell.
     *
     * @param cell its place among the cells
     */
    public List<PlannedRun> runs(int cell) {
        return runs.subList(cell * seeds(), (cell + 1) * seeds());
    }
}
