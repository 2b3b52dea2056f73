package dev.hansa.cli.report;

import java.util.ArrayList;
import java.util.List;

/** How evenly each setting treats the clients. */
final class SweepFairness {

    private SweepFairness() {}

    static Tag of(Sweep sweep) {
        boolean smaller = SweptRun.smallerIsBetter(Sweep.EVALUATION + sweep.headline());
        String name = Sweep.name(Sweep.EVALUATION + sweep.headline());
        Table table = new Table("After the last round, each client counting once", List.of(
                sweep.keys().isEmpty() ? "run" : String.join(", ", sweep.keys()), "worst client’s " + name,
                "deviation among clients", "evenness of updates (Jain)"));
        for (SweptCell cell : sweep.ranked()) {
            List<String> cells = new ArrayList<>();
            cells.add(cell.settings().isEmpty() ? cell.name().isEmpty() ? sweep.title() : cell.name()
                    : String.join(", ", sweep.shown(cell)));
            cells.add(cell.sample(run -> run.clients().worst(smaller)).text());
            cells.add(cell.sample(run -> run.clients().deviation()).text());
            cells.add(cell.sample(run -> run.clients().evenness()).text());
            table.row(cells);
        }
        return Tag.of("section").add(Tag.of("h2", "How evenly"), table.tag(), Tag.of("p",
                "Jain’s index is 1 if all clients had as many updates counted"
                        + (sweep.hasSeeds() ? "; ± is the standard deviation over seeds." : "."))
                .style("quiet"));
    }
}
