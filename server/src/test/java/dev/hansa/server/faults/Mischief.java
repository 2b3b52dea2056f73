package dev.hansa.server.faults;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What some nodes answer instead of the truth: always the same to the same question, however often it is asked. */
record Mischief(Map<String, Deed> deeds) {

    /** Of all kinds. */
    static Mischief of(List<String> nodes, SplittableRandom random) {
        Map<String, Deed> deeds = new TreeMap<>();
        for (String node : nodes) {
            deeds.put(node, new Deed(Deed.Kind.values()[random.nextInt(Deed.Kind.values().length)], random.nextInt(3),
                    1 + random.nextInt(2)));
        }
        return new Mischief(deeds);
    }

    /** From the first question on they take no part, so that it is certain who is waited for in each round. */
    static Mischief refusals(List<String> nodes) {
        Map<String, Deed> deeds = new TreeMap<>();
        nodes.forEach(node -> deeds.put(node, new Deed(Deed.Kind.REFUSES, 0, 1)));
        return new Mischief(deeds);
    }

    /** What the node answers to the task. */
    Report instead(String node, Task task, Report honest) {
        return isHonest(node, task) ? honest : deeds.get(node).answer(task, honest);
    }

    /** Whether the node answers the task as it should. */
    boolean isHonest(String node, Task task) {
        return !deeds.containsKey(node) || !deeds.get(node).isDoneTo(task);
    }

    /**
     * What one node does.
     *
     * @param from  the first round in which it does it
     * @param every how many rounds pass until it does it again
     */
    record Deed(Kind kind, int from, int every) {
        enum Kind {
            REFUSES, FAILS, SENDS_NO_NUMBERS, SENDS_OTHER_TENSORS
        }

        private boolean isDoneTo(Task task) {
            if (kind == Kind.REFUSES) {
                return task.round() >= from;
            }
            return task instanceof Task.Fit && task.round() >= from && (task.round() - from) % every == 0;
        }

        private Report answer(Task task, Report honest) {
            return switch (kind) {
                case REFUSES -> new Report.Refused("its owner does not want it");
                case FAILS -> new Report.Failed("it could not");
                case SENDS_NO_NUMBERS -> update(((Task.Fit) task).parameters().layout(), Float.NaN, honest);
                case SENDS_OTHER_TENSORS -> update(new Layout(List.of()), 0, honest);
            };
        }

        private static Report update(Layout layout, float value, Report honest) {
            if (!(honest instanceof Report.Fitted fitted)) {
                return honest; // its disk was full, say
            }
            float[] values = new float[layout.size()];
            Arrays.fill(values, value);
            return new Report.Fitted(new ModelUpdate(Parameters.of(layout, values), fitted.update().weight(),
                    fitted.update().sums()));
        }
    }
}
