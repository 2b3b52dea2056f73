package dev.hansa.spec.document;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns text into values; bounded in size, depth and aliases, so that no file can exhaust memory or stack. */
public final class YamlText {
    /** The most characters of a document. */
    public static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_DEPTH = 20;
    private static final int MAX_ALIASES = 100;

    private YamlText() {}

    /** The one document of a text of at most {@value #MAX_CHARACTERS} characters. */
    public static Value parse(String text, String file) {
        return parse(text, file, MAX_CHARACTERS);
    }

    /**
     * The one document of the text.
     *
     * @param most characters
     * @throws InvalidSpecException if the text is too large, no YAML, or not one document
     */
    public static Value parse(String text, String file, int most) {
        Problems problems = new Problems(file);
        if (text.length() > most) {
            problems.add(1, 1, "", "the file has " + text.length() + " characters, expected at most " + most);
            problems.throwIfAny();
        }
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(true).setAllowNonScalarKeys(true)
                        .setMaxAliasesForCollections(MAX_ALIASES).setCodePointLimit(most).build();
        Optional<Node> root = Optional.empty();
        try {
            checkEvents(new Parse(settings).parseString(text), problems);
            problems.throwIfAny();
            root = new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            String context = e.getContext() == null || e.getContext().isEmpty() ? "" : e.getContext() + ": ";
            problems.add(e.getProblemMark().isPresent() ? e.getProblemMark() : e.getContextMark(), "",
                    "no valid YAML: " + context + e.getProblem());
        } catch (ReaderException e) {
            addUnreadable(text, e.getPosition(), problems);
        } catch (YamlEngineException e) {
            problems.add(1, 1, "", "no valid YAML: " + e.getMessage());
        }
        problems.throwIfAny();
        if (!root.isPresent()) {
            problems.add(1, 1, "", "the file is empty");
            problems.throwIfAny();
        }
        return new Value(root.get(), "", problems);
    }

    /** Stops at the first problem: a composer must not see what follows. */
    private static void checkEvents(Iterable<Event> events, Problems problems) {
        int depth = 0;
        int documents = 0;
        for (Event event : events) {
            boolean tagged = false;
            switch (event.getEventId()) {
                case DocumentStart -> documents++;
                case MappingStart, SequenceStart -> {
                    depth++;
                    tagged = ((CollectionStartEvent) event).getTag().isPresent();
                }
                case MappingEnd, SequenceEnd -> depth--;
                case Scalar -> tagged = ((ScalarEvent) event).getTag().isPresent();
                default -> {
                }
            }
            String problem = depth > MAX_DEPTH ? "values are nested more than " + MAX_DEPTH + " deep"
                    : documents > 1 ? "a second document begins here, expected one document in a file"
                            : tagged ? "found a YAML tag, expected plain values" : "";
            if (!problem.isEmpty()) {
                problems.add(event.getStartMark(), "", problem);
                return;
            }
        }
    }

    private static void addUnreadable(String text, int index, Problems problems) {
        String before = text.substring(0, Math.min(index, text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        problems.add(line, before.length() - before.lastIndexOf('\n'), "",
                "found a character that no YAML file may contain (is it a text file in UTF-8?)");
    }
}
