package dev.hansa.cli.live;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The terminal behind the process's standard error, if it is one. */
public final class SystemTerminal implements Terminal {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    private final PrintStream err;
    private final Map<String, String> environment;
    private @Nullable NativeTerminal nativeTerminal;
    private @Nullable Boolean interactive;

    /** @param environment the process's variables: NO_COLOR, TERM */
    public SystemTerminal(PrintStream err, Map<String, String> environment) {
        this.err = err;
        this.environment = environment;
    }

    @Override
    public synchronized boolean interactive() {
        Boolean known = interactive;
        if (known == null) {
            known = !"dumb".equals(environment.get("TERM")) && nativeTerminal().isTerminal(STANDARD_ERROR);
            interactive = known;
        }
        return known;
    }

    @Override
    public boolean answers() {
        return interactive() && nativeTerminal().isTerminal(STANDARD_INPUT);
    }

    @Override
    public boolean colours() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && interactive();
    }

    @Override
    public boolean coloursOfResults() {
        return colours() && nativeTerminal().isTerminal(STANDARD_OUTPUT);
    }

    @Override
    public boolean unicode() {
        return err.charset().equals(StandardCharsets.UTF_8);
    }

    @Override
    public int columns() {
        int columns = nativeTerminal().columns(STANDARD_ERROR);
        return columns > 0 ? columns : USUAL_COLUMNS;
    }

    @Override
    public OptionalInt columnsOfResults() {
        int columns = nativeTerminal().columns(STANDARD_OUTPUT);
        return columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
    }

    @Override
    public int rows() {
        int rows = nativeTerminal().rows(STANDARD_ERROR);
        return rows > 0 ? rows : USUAL_ROWS;
    }

    @Override
    public void print(String text) {
        err.print(text);
        err.flush();
    }

    private synchronized NativeTerminal nativeTerminal() {
        NativeTerminal known = nativeTerminal;
        if (known == null) {
            known = NativeTerminal.load();
            nativeTerminal = known;
        }
        return known;
    }
}
