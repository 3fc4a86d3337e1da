package org.xenomips.packaging;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.xenomips.net.Namespaces;

/** The routing daemon of this system (Debian: bird2) in a namespace of its own: an OSPF neighbour that is none of ours. */
final class ForeignBird implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/bird");

    private final String namespace;
    private final Path socket;
    private final Path log;
    private final Process process;

    /** Starts the daemon in {@code namespace}, its files in {@code directory}; {@code interfaces} is BIRD's configuration of area 0. */
    ForeignBird(String namespace, Path directory, String routerId, String interfaces) throws IOException {
        this.namespace = namespace;
        socket = directory.resolve("bird.ctl");
        log = directory.resolve("bird.log");
        Path configuration = directory.resolve("bird.conf");
        Files.writeString(configuration, """
                log "%s" all;
                router id %s;
                protocol device { scan time 1; }
                protocol kernel { ipv4 { import none; export all; }; }
                protocol ospf v2 {
                  debug { states, events };
                  ipv4 { import all; export none; };
                  area 0 {
                    %s
                  };
                }
                """.formatted(log, routerId, interfaces), StandardCharsets.US_ASCII);
        List<String> command = new ArrayList<>(Namespaces.prefix(namespace));
        command.addAll(List.of(PROGRAM.toString(), "-f", "-c", configuration.toString(), "-s", socket.toString(), "-P",
                directory.resolve("bird.pid").toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("bird.out").toFile())
                .start();
    }

    /** Skips the test, and says why, where the daemon is not installed. */
    static void orSkip() {
        assumeTrue(Files.isExecutable(PROGRAM), "the OSPF tests need bird (Debian: bird2)");
    }

    /** The answer to a command of its control program. */
    String ask(String command) throws IOException {
        List<String> words = new ArrayList<>(List.of("birdc", "-s", socket.toString()));
        words.addAll(List.of(command.split(" ")));
        return Namespaces.exec(namespace, words.toArray(String[]::new));
    }

    /** Repeats {@code command} until its answer contains {@code wanted}. */
    String await(String command, String wanted, int seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        String answer = "";
        while (System.nanoTime() < deadline) {
            try {
                answer = ask(command);
                if (answer.contains(wanted)) {
                    return answer;
                }
            } catch (IOException e) {
                answer = String.valueOf(e.getMessage()); // still starting
            }
            Thread.sleep(250);
        }
        throw new AssertionError("'" + command + "' does not answer '" + wanted + "' within " + seconds + " s, but\n"
                + answer + "\n" + Files.readString(log));
    }

    /** What became of the neighbours so far: lines of the log that tell of a state. */
    List<String> stateChanges() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("changed state")).toList();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
