package dev.hansa.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The frame of a page: well-formed as XML too, with its style sheet inside. */
public final class HtmlPage {

    private static final String GENERATOR = "Hansa";
    /** So far the beginning of a page is looked at. */
    private static final int HEAD = 1024;

    private HtmlPage() {}

    /**
     * Whether such a page is in the file.
     *
     * @throws IOException if it cannot be read
     */
    public static boolean isIn(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            return head.contains(Tag.of("meta").attribute("name", "generator").attribute("content", GENERATOR)
                    .toString());
        }
    }

    static String of(String title, List<Tag> sections) {
        Tag head = Tag.of("head").add(Tag.of("meta").attribute("charset", "utf-8"),
                Tag.of("meta").attribute("name", "viewport").attribute("content",
                        "width=device-width, initial-scale=1"),
                Tag.of("meta").attribute("name", "generator").attribute("content", GENERATOR),
                Tag.of("meta").attribute("name", "color-scheme").attribute("content", "light dark"),
                Tag.of("meta").attribute("http-equiv", "Content-Security-Policy").attribute("content",
                        "default-src 'none'; style-src 'unsafe-inline'"),
                Tag.of("title", title), Tag.of("style").verbatim(styleSheet()));
        Tag body = Tag.of("body").add(Tag.of("main").add(sections));
        return "<!DOCTYPE html>\n" + Tag.of("html").attribute("lang", "en").add(head, body) + "\n";
    }

    private static String styleSheet() {
        try (InputStream css = Objects.requireNonNull(HtmlPage.class.getResourceAsStream("report.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
