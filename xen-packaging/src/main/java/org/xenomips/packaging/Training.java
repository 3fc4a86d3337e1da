package org.xenomips.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Builds the start-up cache: runs a router as a user would, while the JVM takes notes. The JVM writes the loaded and linked classes of
 * that run to one file; later starts map it instead of reading, verifying and linking a few thousand
 * classes. The launcher gives the run the same JVM flags and class path as any other, which the JVM demands.
 *
 * <p>The run covers what every start does (command line, machine, boot ROM, built-in guest), both kinds of console (standard input and
 * output, TCP) and the ways of the packets.
 */
public final class Training {
    private static final long PATIENCE_SECONDS = 120;
    private static final List<String> COMMANDS = List.of("help", "show version", "show interfaces", "show ip route");

    private final Path launcher;
    private final Path cache;
    private final Path directory;
    private final Path unfinished;

    private Training(Path launcher, Path cache, Path directory) {
        this.launcher = launcher;
        this.cache = cache;
        this.directory = directory;
        this.unfinished = cache.resolveSibling(cache.getFileName() + "." + ProcessHandle.current().pid());
    }

    /**
     * Builds the cache {@code args[1]} with the launcher {@code args[0]}, on the JDK that runs this or that the launcher brings along. A
     * failure leaves the distribution without a cache, and so slower to start; it is reported, and the exit status is 0 all the same. A
     * third argument, {@code required}, makes it an error.
     */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createTempDirectory("xenomips-training");
        Training training = new Training(Path.of(args[0]), Path.of(args[1]), directory);
        try {
            training.run();
        } catch (IOException e) {
            if (args.length > 2 && args[2].equals("required")) {
                throw e;
            }
            System.err
                    .println("The start-up cache could not be made; the program starts without it. " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Files.deleteIfExists(training.unfinished);
            Files.deleteIfExists(Path.of(training.unfinished + ".config"));
            Trees.delete(directory);
        }
    }

    private void run() throws IOException, InterruptedException {
        int auxiliary = freePort();
        List<String> command = new ArrayList<>(
                List.of(launcher.toString(), "builtin:forwarder", "-p", "1:PA-FE-TX", "-A",
                        Integer.toString(auxiliary)));
        try (Traffic traffic = new Traffic()) {
            command.addAll(traffic.options());
            Path log = directory.resolve("output");
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                    .redirectErrorStream(true);
            builder.environment().put("XENOMIPS_NO_BUILD", "1");
            builder.environment().put("XENOMIPS_TRAINING", unfinished.toString());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            try (OutputStream keyboard = process.getOutputStream(); InputStream screen = process.getInputStream()) {
                StringBuilder output = new StringBuilder();
                Thread watchdog = killAfter(process);
                await(screen, output, "READY");
                visit(auxiliary);
                traffic.exchange();
                for (String line : COMMANDS) {
                    type(keyboard, line);
                }
                type(keyboard, "poweroff");
                output.append(new String(screen.readAllBytes(), StandardCharsets.ISO_8859_1));
                Files.writeString(log, output);
                watchdog.interrupt();
                if (process.waitFor() != 0 || !Files.exists(unfinished)) {
                    throw new IOException("The training run printed:\n" + output);
                }
            } finally {
                process.destroyForcibly();
            }
        }
        Files.move(unfinished, cache, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A run that hangs is killed, which ends its output and with it the wait for it. */
    private static Thread killAfter(Process process) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
                process.destroyForcibly();
            } catch (InterruptedException e) {
                // The run has ended in time.
            }
        });
    }

    private static void await(InputStream screen, StringBuilder output, String text) throws IOException {
        byte[] buffer = new byte[4096];
        while (output.indexOf(text) < 0) {
            int n = screen.read(buffer);
            if (n < 0) {
                throw new IOException("The training run ended early:\n" + output);
            }
            output.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        }
    }

    private static void type(OutputStream keyboard, String line) throws IOException {
        keyboard.write((line + "\r").getBytes(StandardCharsets.ISO_8859_1));
        keyboard.flush();
    }

    /** Connects to a TCP console, reads its greeting, types something and leaves. */
    private static void visit(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2000);
            if (socket.getInputStream().read() < 0) {
                throw new IOException("the TCP console hung up");
            }
            type(socket.getOutputStream(), "");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
