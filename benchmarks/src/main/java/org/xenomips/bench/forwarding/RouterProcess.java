package org.xenomips.bench.forwarding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.xenomips.bench.compare.ProcFs;
import org.xenomips.bench.compare.ProcFs.ThreadTime;

/** A running emulator with the open router, or two of them, and the console of the first in our hands. */
final class RouterProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Path directory;
    private final Process process;
    private final StringBuilder output = new StringBuilder();
    private int commands;

    /**
     * One router: starts the launcher in {@code home} and waits for the prompt.
     *
     * @param prefix words in front of the command
     * @param configuration startup configuration
     * @param options further options
     */
    static RouterProcess router(Path home, List<String> prefix, String configuration, List<String> options)
            throws IOException {
        Path directory = Files.createTempDirectory("forwarding");
        Path file = Files.writeString(directory.resolve("startup.cfg"), configuration, StandardCharsets.US_ASCII);
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(launcher(home), "-C", file.toString(), "-p", "1:PA-FE-TX"));
        command.addAll(options);
        return new RouterProcess(directory, command, "\nREADY");
    }

    /** The two routers of the demo, joined by a cable inside the process. */
    static RouterProcess demo(Path home, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher(home), "demo"));
        command.addAll(options);
        return new RouterProcess(Files.createTempDirectory("forwarding"), command, "lists more.");
    }

    private static String launcher(Path home) {
        return home.resolve("xenomips").toString();
    }

    /** @param ready what is printed before the first prompt */
    private RouterProcess(Path directory, List<String> command, String ready) throws IOException {
        this.directory = directory;
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("XENOMIPS_NO_BUILD", "1");
        process = builder.start();
        Thread.ofPlatform().daemon().start(this::collect);
        try {
            await("# ", await(ready, 0));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void collect() {
        byte[] buffer = new byte[4096];
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (output) {
                    output.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                    output.notifyAll();
                }
            }
        } catch (IOException e) {
            // It was killed; what came before is kept.
        }
    }

    private int await(String text, int from) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        synchronized (output) {
            int at = output.indexOf(text, from);
            while (at < 0) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0 || !process.isAlive()) {
                    throw new IOException("the router does not print '" + text + "' but\n" + output);
                }
                try {
                    output.wait(Math.min(left, 1000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
                at = output.indexOf(text, from);
            }
            return at + text.length();
        }
    }

    /** What {@code command} prints at the router's shell. */
    String command(String command) throws IOException {
        commands++;
        int from;
        synchronized (output) {
            from = output.length();
        }
        process.getOutputStream()
                .write("echo \"@\"\"%d<\"; %s; echo \"@\"\"%d>\"\r".formatted(commands, command, commands)
                        .getBytes(StandardCharsets.ISO_8859_1));
        process.getOutputStream().flush();
        int begin = await("@" + commands + "<", from);
        int end = await("@" + commands + ">", begin);
        synchronized (output) {
            return output.substring(begin, end - ("@" + commands + ">").length()).replace("\r", "").strip();
        }
    }

    /** CPU time so far, in nanoseconds: of the thread that runs the guest. */
    long machineNs() {
        return sum("machine-");
    }

    /** CPU time so far of the whole process, in nanoseconds. */
    long allNs() {
        return sum("");
    }

    private long sum(String prefix) {
        Map<String, ThreadTime> threads = ProcFs.threads(process.pid());
        return threads.values().stream().filter(t -> t.name().startsWith(prefix)).mapToLong(ThreadTime::ns).sum();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("forwarding: cannot remove " + directory + ": " + e.getMessage());
        }
    }
}
