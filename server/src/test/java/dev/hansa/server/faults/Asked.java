package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.server.store.TaskRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** All that a coordinator has ever asked, over all its lives, by the tasks' ids: none of them is used twice. */
final class Asked {
    private final Map<String, TaskRow> tasks = new LinkedHashMap<>();

    void add(TaskRow task) {
        assertThat(tasks.putIfAbsent(task.id(), task)).as("an id that is used again").isNull();
    }

    /** The task of that id. */
    TaskRow of(String id) {
        TaskRow task = tasks.get(id);
        assertThat(task).as("the task %s, of which somebody speaks", id).isNotNull();
        return task;
    }

    /** The tasks of the question, the last of each node. */
    Map<String, TaskRow> of(Question question) {
        Map<String, TaskRow> last = new TreeMap<>();
        tasks.values().stream().filter(task -> task.question().equals(question))
                .forEach(task -> last.put(task.node(), task));
        return last;
    }

    /** The task whose update is in a file of the spool of that name. */
    TaskRow ofFile(String file) {
        return of(file.replaceFirst("-.*", ""));
    }

    /** Short, for people. */
    static String name(String id) {
        return "task " + Long.parseLong(id, 16);
    }
}
