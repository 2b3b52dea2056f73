package dev.hansa.cli.process;

import java.util.Optional;

/** Ends this process when the one that started it is gone, so that a killed demo leaves nothing behind. */
public final class Lifeline {
    /** Names the process to live as long as. */
    static final String VARIABLE = "HANSA_LIVES_WITH_PID";

    private Lifeline() {}

    /** Holds on, if the environment asks for it. */
    public static void hold() {
        String pid = System.getenv(VARIABLE);
        if (pid == null) {
            return;
        }
        Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(pid));
        if (parent.isEmpty()) {
            System.exit(0);
        }
        parent.get().onExit().thenRun(() -> System.exit(0));
    }
}
