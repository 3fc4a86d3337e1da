package org.xenomips.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One running emulator process with its standard input and output in our hands. */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Duration patience;
    private final StringBuilder output = new StringBuilder();
    private final Thread reader;

    private Program(Process process, Duration patience) {
        this.process = process;
        this.patience = patience;
        this.reader = Thread.ofPlatform().daemon().start(() -> collect(process.getInputStream()));
    }

    /** The top of the source tree. */
    static Path home() {
        return Path.of(System.getProperty("xenomips.home", "..")).toAbsolutePath().normalize();
    }

    /** Starts the launcher in {@code directory}. */
    static Program start(Path directory, String... arguments) throws IOException {
        return start(directory, List.of(), List.of(arguments));
    }

    /** Starts the launcher in {@code directory}, behind a command such as {@code ip netns exec NAME}. */
    static Program start(Path directory, List<String> prefix, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(home().resolve("xenomips").toString());
        command.addAll(arguments);
        return run(directory, command);
    }

    /** Runs {@code command}, which starts a launcher, in {@code directory}. */
    static Program run(Path directory, List<String> command) throws IOException {
        return run(directory, command, PATIENCE);
    }

    /** The same for a program that may take {@code patience} for each thing that is awaited from it. */
    static Program run(Path directory, List<String> command, Duration patience) throws IOException {
        // Tests that run in the background of a shell inherit that interrupts are ignored.
        List<String> interruptible = new ArrayList<>(List.of("env", "--default-signal=INT"));
        interruptible.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(interruptible).directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("XENOMIPS_NO_BUILD", "1");
        return new Program(builder.start(), patience);
    }

    private void collect(InputStream in) {
        byte[] buffer = new byte[4096];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (output) {
                    output.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                    output.notifyAll();
                }
            }
        } catch (IOException e) {
            // The process was killed while we read; what came before is kept.
        }
        synchronized (output) {
            output.append("\n[end of output]");
            output.notifyAll();
        }
    }

    /** Everything printed so far, console included. */
    String output() {
        synchronized (output) {
            return output.toString();
        }
    }

    /** Types {@code text} at the console. */
    void type(String text) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(text.getBytes(StandardCharsets.ISO_8859_1));
        in.flush();
    }

    /** Waits until {@code text} has been printed after position {@code from}; the position behind it. */
    int await(String text, int from) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (output) {
            while (true) {
                int at = output.indexOf(text, from);
                if (at >= 0) {
                    return at + text.length();
                }
                long left = deadline - System.nanoTime();
                if (left <= 0 || output.indexOf("[end of output]") >= 0) {
                    throw new AssertionError("'" + text + "' was not printed; the output is:\n" + output);
                }
                output.wait(Math.max(1, left / 1_000_000));
            }
        }
    }

    int await(String text) throws InterruptedException {
        return await(text, 0);
    }

    /** Waits for the end; the exit status. */
    int exitStatus() throws InterruptedException {
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the program does not end; the output is:\n" + output());
        }
        reader.join(10_000);
        return process.exitValue();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** {@code kill -NAME}: the launcher has become the JVM, so its process is the one. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("no signal " + name + " for\n" + output());
        }
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
