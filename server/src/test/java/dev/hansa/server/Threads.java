package dev.hansa.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sees what this process's threads do, also the virtual ones. */
public final class Threads {
    private Threads() {}

    /** Returns when a thread is in the method; who interrupts, as a time-out does, ends it. */
    public static void awaitIn(Path folder, String method) {
        try {
            Path file = folder.resolve("threads");
            boolean seen = false;
            while (!seen) {
                if (Thread.interrupted()) {
                    throw new AssertionError("no thread is in " + method);
                }
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(file.toString(),
                        ThreadDumpFormat.TEXT_PLAIN);
                seen = Files.readString(file).contains(method + "(");
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
