package dev.hansa.cli.example;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table as a CSV file has it (RFC 4180). */
public record CsvTable(List<String> header, List<List<String>> rows) {

    /** How often the most frequent value of the column is in it, from 0 to 1: how often who always says it is right. */
    public double mostFrequent(String column) {
        int at = header.indexOf(column);
        return rows.stream().collect(Collectors.groupingBy(row -> row.get(at), Collectors.counting())).values().stream()
                .mapToLong(Long::longValue).max().orElse(0) / (double) rows.size();
    }

    void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (List<String> row : (Iterable<
                    List<String>>) Stream.concat(Stream.of(header), rows.stream())::iterator) {
                out.write(row.stream().map(CsvTable::cell).collect(Collectors.joining(",", "", "\n")));
            }
        }
    }

    private static String cell(String text) {
        return text.chars().anyMatch(c -> c == '"' || c == ',' || c == ';' || c == '\n' || c == '\r')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }
}
