package dev.hansa.cli.command;

import dev.hansa.cli.CommandException;
import dev.hansa.client.data.CsvSource;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Seed;
import dev.hansa.core.simulation.Partitioner;
import java.nio.file.Path;
import java.util.SortedMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How to divide one file among clients, as typed: {@code iid:10} or {@code column:RAD}. */
sealed interface PartitionOption {

    /** Random rows for each of so many clients. */
    record Iid(int clients) implements PartitionOption {
        @Override
        public String toString() {
            return "iid:" + clients;
        }
    }

    /** A client for each value of the column. */
    record ByColumn(String column) implements PartitionOption {
        @Override
        public String toString() {
            return "column:" + column;
        }
    }

    /**
     * The rows of each client.
     *
     * @param table the rows of the file
     */
    default SortedMap<String, Table> divide(Path file, Table table, Seed seed) {
        Partitioner partitioner = switch (this) {
            case Iid iid -> new Partitioner.Iid(iid.clients(), seed);
            case ByColumn by -> new Partitioner.ByValue(
                    new CsvSource(file, "Name a column of the file in --partition.").column(by.column()));
        };
        try {
            return partitioner.split(table);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--partition " + this + ": " + e.getMessage());
        }
    }

    /** Reads what was typed. */
    final class Converter implements ITypeConverter<PartitionOption> {
        @Override
        public PartitionOption convert(String text) {
            if (text.matches("iid:0*[1-9][0-9]{0,6}")) {
                return new Iid(Integer.parseInt(text.substring("iid:".length())));
            }
            if (text.startsWith("column:") && text.length() > "column:".length()) {
                return new ByColumn(text.substring("column:".length()));
            }
            throw new TypeConversionException(
                    "found '" + text + "', expected iid:N with N of at least 1, or column:NAME");
        }
    }
}
