package dev.hansa.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** What a process uses, as the operating system tells. */
final class Gauge {
    private static final long ONE_SECOND_NANOS = 1_000_000_000;

    private final ProcessHandle process;

    Gauge(long pid) {
        this.process = ProcessHandle.of(pid).orElseThrow();
    }

    /** Whether the process is there. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Begins to measure how much of a processor the process uses. */
    Use use() {
        return new Use(processorTime(), System.nanoTime());
    }

    /** Of all its threads. */
    private Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What it has used since a moment. */
    final class Use {
        private final Duration before;
        private final long beginNanos;

        private Use(Duration before, long beginNanos) {
            this.before = before;
            this.beginNanos = beginNanos;
        }

        /** Of one processor, as a share of the time; of a second at least, since systems tell it in hundredths of one. */
        double fraction() {
            long nanos = Math.max(ONE_SECOND_NANOS, System.nanoTime() - beginNanos);
            return processorTime().minus(before).toNanos() / (double) nanos;
        }
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
