package dev.hansa.spec.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes a {@link Section} as a YAML document that explains itself: each key with its meaning, type and default. */
public final class Reference {
    private static final int WIDTH = 100;

    private final StringBuilder text = new StringBuilder();
    /** A key that several forms share is explained once. */
    private final Set<Key<?>> explained = new HashSet<>();

    private Reference() {}

    /** The document; read again, it gives the default of each key that has one. */
    public static String of(Section section, String introduction) {
        Reference reference = new Reference();
        for (String line : introduction.split("\n")) {
            reference.text.append(line.isEmpty() ? "#" : "# " + line).append('\n');
        }
        reference.section(section, "");
        return reference.text.toString();
    }

    private void section(Section section, String indent) {
        for (Key<?> key : section.keys()) {
            if (indent.isEmpty()) {
                text.append('\n');
            }
            key(key, indent);
        }
    }

    private void key(Key<?> key, String indent) {
        boolean silent = key.meaning().isEmpty() || !explained.add(key);
        if (!silent) {
            comment(key.meaning(), indent);
        }
        if (key.type() instanceof Section inner) {
            text.append(indent).append(key.name()).append(":\n");
            section(inner, indent + "  ");
            return;
        }
        if (!silent) {
            comment("Expected: " + key.type().expected() + ". "
                    + (key.required() ? "Required." : "Default: " + key.example() + "."), indent);
        }
        String inner = "\n" + indent + "  ";
        text.append(indent).append(key.name()).append(':')
                .append(key.example().contains("\n") ? inner + key.example().replace("\n", inner) : " " + key.example())
                .append('\n');
        if (silent) {
            return;
        }
        key.type().forms().stream().filter(form -> !form.section().keys().isEmpty())
                .forEach(form -> form(form, indent));
    }

    private void form(Form form, String indent) {
        comment("In the form " + form.full() + ":", indent);
        section(form.section(), indent + "#   ");
    }

    private void comment(String sentence, String indent) {
        wrap(sentence, WIDTH - indent.length())
                .forEach(line -> text.append(indent).append("# ").append(line).append('\n'));
    }

    private static List<String> wrap(String sentence, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
