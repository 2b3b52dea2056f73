package dev.hansa.server.http;

import dev.hansa.server.TestCoordinator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A coordinator in a process of its own, whose Java would speak any version of TLS: only the coordinator refuses some. */
final class LenientProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    LenientProcess(Path folder) throws IOException {
        Path lenient = Files.writeString(folder.resolve("lenient.properties"), "jdk.tls.disabledAlgorithms=\n");
        String classPath = Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"));
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.security.properties=" + lenient, "-cp", classPath, LenientProcess.class.getName(),
                folder.resolve("data").toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String line = out.readLine();
        while (line != null && !line.startsWith("port ")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("the coordinator ended with " + process.onExit().join().exitValue());
        }
        port = Integer.parseInt(line.substring("port ".length()));
    }

    int port() {
        return port;
    }

    /** Serves until nobody holds the other end of the standard input. */
    public static void main(String[] arguments) throws IOException {
        try (TestCoordinator coordinator = new TestCoordinator(Path.of(arguments[0]))) {
            System.out.println("port " + coordinator.coordinator().address().getPort());
            while (System.in.read() >= 0) {
                // until the test is over
            }
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
