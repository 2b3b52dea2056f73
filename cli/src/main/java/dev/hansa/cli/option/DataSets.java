package dev.hansa.cli.option;

import dev.hansa.cli.CommandException;
import dev.hansa.client.data.CsvSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The data sets of a node, as {@code --data} names them. */
public final class DataSets {
    /** The name of a file that is given none. */
    public static final String ONLY_SET = "default";

    private DataSets() {}

    /**
     * By name.
     *
     * @throws CommandException if a file cannot be read, a name is there twice, or two names have one file
     */
    public static Map<String, CsvSource> of(List<NamedFile> data) {
        Map<String, CsvSource> sources = new TreeMap<>();
        Map<String, Path> names = new TreeMap<>();
        for (NamedFile one : data) {
            if (!Files.isReadable(one.file())) {
                throw CommandException.usage("--data: the file " + one.file() + " is not there or cannot be read");
            }
            String set = one.name().orElse(ONLY_SET);
            if (sources.put(set, new CsvSource(one.file())) != null) {
                throw CommandException.usage("--data names the data set " + set + " twice");
            }
            names.forEach((other, file) -> refuseSame(other, file, set, one.file()));
            names.put(set, one.file());
        }
        return sources;
    }

    /** Each data set has a budget of its own: rows under two names would be paid for with two. */
    private static void refuseSame(String one, Path file, String other, Path otherFile) {
        try {
            if (Files.isSameFile(file, otherFile)) {
                throw CommandException.usage("--data gives the file " + otherFile + " two names, " + one + " and "
                        + other
                        + ": each data set has a budget of its own, and these rows would be told of on both; give it one");
            }
        } catch (IOException e) {
            throw CommandException.usage("--data: the file " + otherFile + " cannot be read: " + e.getMessage());
        }
    }
}
