package dev.hansa.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the run files of settings say otherwise, key by key. */
final class SweepDifferences {

    private SweepDifferences() {}

    /** Empty if the keys of the sweep say it all. */
    static Optional<Tag> of(Sweep sweep) {
        List<String> differences = sweep.differences();
        if (differences.isEmpty()) {
            return Optional.empty();
        }
        List<String> columns = new ArrayList<>(List.of("key"));
        sweep.cells().forEach(cell -> columns.add(cell.name()));
        Table table = new Table("Keys of the run files that are not the same in all, defaults included", columns);
        differences.forEach(key -> {
            List<String> row = new ArrayList<>(List.of(key));
            sweep.cells().forEach(cell -> row.add(sweep.shown(cell, key)));
            table.row(row);
        });
        return Optional.of(Tag.of("section").add(Tag.of("h2", "What was run otherwise"), table.tag()));
    }
}
