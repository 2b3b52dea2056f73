package dev.hansa.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Two more towns whose files do not fit the housing run, with numbers of their own. */
enum Misfits {
    /** One cell is no number. */
    CAROL("RM", "6.71828x", "LSTAT"),
    /** A column has another name. */
    DORA("RM", "6.71828", "LOWER_STATUS");

    private static final int ROWS = 40;

    /** What stands in one cell of RM. */
    final String cell;
    private final String column;
    private final String lastFeature;

    Misfits(String column, String cell, String lastFeature) {
        this.column = column;
        this.cell = cell;
        this.lastFeature = lastFeature;
    }

    String town() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The file as the town serves it. */
    Path write(Path folder) throws IOException {
        return write(folder.resolve(town() + ".csv"), cell, lastFeature);
    }

    /** The same rows as a run could read them, to search for what is in them. */
    Path writeMended(Path folder) throws IOException {
        return write(folder.resolve(town() + "-mended.csv"), "6.71828", "LSTAT");
    }

    private Path write(Path file, String odd, String lastName) throws IOException {
        List<String> columns =
                List.of("CRIM", "ZN", "INDUS", "CHAS", "NOX", "RM", "AGE", "DIS", "RAD", "TAX", "PTRATIO",
                        "LSTAT", "MEDV", "SET");
        Random random = new Random(town().hashCode());
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", columns).replace("LSTAT", lastName));
        for (int row = 0; row < ROWS; row++) {
            List<String> cells = new ArrayList<>();
            for (String name : columns) {
                cells.add(switch (name) {
                    case "CHAS" -> "0";
                    case "SET" -> row % 5 == 0 ? "test" : "train";
                    default -> String.format(Locale.ROOT, "%.5f", 1 + 50 * random.nextDouble());
                });
            }
            if (row == ROWS / 2) {
                cells.set(columns.indexOf(column), odd);
            }
            lines.add(String.join(",", cells));
        }
        return Files.write(file, lines);
    }
}
