package dev.hansa.cli.live;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Console;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the C library knows of a terminal; the JDK tells only whether standard input and output both are one, and never
 * how large it is. Where the C library is not as expected, the JDK's answer stands and the size is unknown.
 *
 * @param isatty {@code int isatty(int)}
 * @param ioctl  {@code int ioctl(int, unsigned long, ...)}, with a {@code struct winsize *}
 * @param getWindowSize the request's number, which differs between systems
 */
record NativeTerminal(@Nullable MethodHandle isatty, @Nullable MethodHandle ioctl, long getWindowSize) {

    @SuppressWarnings("restricted")
    static NativeTerminal load() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean mac = system.startsWith("mac");
        if (!mac && !system.startsWith("linux")) {
            return new NativeTerminal(null, null, 0);
        }
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle isatty = linker.downcallHandle(linker.defaultLookup().findOrThrow("isatty"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT));
            MethodHandle ioctl = linker.downcallHandle(linker.defaultLookup().findOrThrow("ioctl"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));
            return new NativeTerminal(isatty, ioctl, mac ? 0x40087468L : 0x5413L);
        } catch (RuntimeException e) {
            return new NativeTerminal(null, null, 0);
        }
    }

    @SuppressWarnings("SystemConsoleNull") // without a terminal it is null again since Java 25
    boolean isTerminal(int descriptor) {
        if (isatty == null) {
            Console console = System.console();
            return console != null && console.isTerminal();
        }
        try {
            return (int) isatty.invokeExact(descriptor) == 1;
        } catch (Throwable e) {
            throw new IllegalStateException("isatty failed", e);
        }
    }

    /** 0 if unknown. */
    int columns(int descriptor) {
        return size(descriptor, 1);
    }

    /** 0 if unknown. */
    int rows(int descriptor) {
        return size(descriptor, 0);
    }

    /** {@code struct winsize} begins with the rows and the columns, two unsigned shorts. */
    private int size(int descriptor, int field) {
        if (ioctl == null) {
            return 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_SHORT, 4);
            int error = (int) ioctl.invokeExact(descriptor, getWindowSize, size);
            return error != 0 ? 0 : Short.toUnsignedInt(size.getAtIndex(JAVA_SHORT, field));
        } catch (Throwable e) {
            throw new IllegalStateException("ioctl failed", e);
        }
    }
}
