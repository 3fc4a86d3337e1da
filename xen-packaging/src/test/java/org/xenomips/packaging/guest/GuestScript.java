package org.xenomips.packaging.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One script of the guest, run by one shell in a made-up world: files in a directory of the test, paths given by variables, and commands
 * that a test may not run replaced by functions in the settings file that every script reads.
 */
final class GuestScript {
    private static final Path SCRIPTS = Path.of("src/main/guest/common").toAbsolutePath();

    private final String shell;
    private final Path script;
    private final Path world;
    private final Map<String, String> environment = new TreeMap<>();
    private String output = "";

    GuestScript(String shell, String script, Path world) {
        this.shell = shell;
        this.script = SCRIPTS.resolve(script);
        this.world = world;
        environment.put("XENOMIPS_DEFAULTS", world.resolve("defaults").toString());
    }

    /** The shells of the two flavours: Debian's, and busybox'. */
    static Stream<String> shells() {
        return Stream.of("dash", "busybox sh");
    }

    GuestScript with(String variable, Path value) {
        environment.put(variable, value.toString());
        return this;
    }

    /** A file of the made-up world. */
    Path file(String name, String content) throws IOException {
        Path file = world.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return file;
    }

    /** Runs the script; its exit status. A test whose shell is not installed is skipped. */
    int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(shell.split(" ")));
        String program = command.getFirst();
        assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program))), program + " is not installed");
        command.add(script.toString());
        command.addAll(List.of(arguments));
        Path log = world.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).directory(world.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        output = Files.readString(log, StandardCharsets.UTF_8).replace("\r", "");
        return process.exitValue();
    }

    String output() {
        return output;
    }
}
