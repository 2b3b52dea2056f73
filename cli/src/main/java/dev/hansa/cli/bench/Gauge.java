package dev.hansa.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** What a process uses, as the operating system tells. */
final class Gauge {
    private final ProcessHandle process;

    Gauge(long pid) {
        this.process = ProcessHandle.of(pid).orElseThrow();
    }

    /** Whether the process is there. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Processor time so far, of all its threads. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The most resident memory so far, in bytes; only Linux tells. */
    OptionalLong peakMemory() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
