package dev.hansa.cli.report;

import java.util.List;

/** A table of text whose first column names the rows. */
final class Table {
    private final Tag body = Tag.of("tbody");
    private final Tag table = Tag.of("table");

    Table(String caption, List<String> columns) {
        Tag head = Tag.of("tr");
        columns.forEach(column -> head.add(Tag.of("th", column).attribute("scope", "col")));
        table.add(Tag.of("caption", caption), Tag.of("thead").add(head), body);
    }

    Table row(List<String> cells) {
        return row("", cells);
    }

    Table row(String style, List<String> cells) {
        Tag row = Tag.of("tr");
        if (!style.isEmpty()) {
            row.style(style);
        }
        row.add(Tag.of("th", cells.getFirst()).attribute("scope", "row"));
        cells.stream().skip(1).forEach(cell -> row.add(Tag.of("td", cell)));
        body.add(row);
        return this;
    }

    /** A row of cells that are coloured by how much they say. */
    Table heat(String name, List<Tag> cells) {
        body.add(Tag.of("tr").add(Tag.of("th", name).attribute("scope", "row")).add(cells));
        return this;
    }

    Tag tag() {
        return Tag.of("div").style("scroll").add(table);
    }
}
