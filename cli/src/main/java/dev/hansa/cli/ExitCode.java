package dev.hansa.cli;

/** What the process ends with, for scripts; the texts stand in each command's help. */
public enum ExitCode {
    OK(0),
    FAILED(1),
    USAGE(2),
    UNREACHABLE(3),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** What the shell sees. */
    public int number() {
        return number;
    }

    /** Lines of help: the number, a colon, what it means. */
    public static final class Help {
        public static final String OK = "0:it did what was asked";
        public static final String FAILED =
                "1:it could not: the run failed or was stopped, or the system got in the way";
        public static final String USAGE =
                "2:wrong options, a file that is missing or not valid, or the coordinator refuses";
        public static final String UNREACHABLE = "3:the coordinator does not answer, or what answers is not it";
        public static final String INTERRUPTED = "130:interrupted, as by Ctrl-C (143: by SIGTERM, 129: by SIGHUP)";

        private Help() {}
    }
}
