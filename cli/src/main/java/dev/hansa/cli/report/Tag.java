package dev.hansa.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An element of HTML or SVG with what is in it; everything a person or another machine wrote is escaped here, and only
 * here.
 */
final class Tag {
    private final String name;
    private final StringBuilder attributes = new StringBuilder();
    private final List<Object> content = new ArrayList<>();

    private Tag(String name) {
        this.name = name;
    }

    static Tag of(String name) {
        return new Tag(name);
    }

    /** An element that holds text alone. */
    static Tag of(String name, String text) {
        return new Tag(name).text(text);
    }

    Tag attribute(String key, String value) {
        attributes.append(' ').append(key).append("=\"").append(escaped(value)).append('"');
        return this;
    }

    /** Two decimals, enough for a picture. */
    Tag attribute(String key, double value) {
        return attribute(key, decimal(value));
    }

    Tag style(String classes) {
        return attribute("class", classes);
    }

    Tag text(String text) {
        content.add(escaped(text));
        return this;
    }

    Tag add(Tag... children) {
        content.addAll(List.of(children));
        return this;
    }

    Tag add(List<Tag> children) {
        content.addAll(children);
        return this;
    }

    /** Text that HTML does not want escaped: the page's own style sheet. */
    Tag verbatim(String ownText) {
        content.add(ownText);
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        write(text);
        return text.toString();
    }

    private void write(StringBuilder out) {
        out.append('<').append(name).append(attributes);
        if (content.isEmpty() && !name.equals("td") && !name.equals("th")) {
            out.append("/>");
            return;
        }
        out.append('>');
        for (Object part : content) {
            if (part instanceof Tag tag) {
                tag.write(out);
            } else {
                out.append(part);
            }
        }
        out.append("</").append(name).append('>');
    }

    static String decimal(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '&' -> result.append("&amp;");
                case '"' -> result.append("&quot;");
                case '\'' -> result.append("&#39;");
                case '\n', '\t' -> result.append((char) c);
                default -> {
                    if (Character.isISOControl(c) || c >= 0xD800 && c < 0xE000 || c == 0xFFFE || c == 0xFFFF) {
                        result.append('\uFFFD');
                    } else {
                        result.appendCodePoint(c);
                    }
                }
            }
        });
        return result.toString();
    }
}
