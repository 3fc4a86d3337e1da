package org.xenomips.packaging.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs programs of the host; their output is shown only when they fail. */
final class HostCommand {
    private HostCommand() {}

    /** Whether the program {@code name} is there; file system tools live in directories that users often have not in their PATH. */
    static boolean exists(String name) {
        return find(name).isPresent();
    }

    private static Optional<Path> find(String name) {
        return Stream.of(searchPath().split(":"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Names the package of a missing program. */
    static void require(String name, String debianPackage) throws ImageBuildException {
        if (!exists(name)) {
            throw new ImageBuildException(
                    name + " is missing (apt-get install " + debianPackage + ")");
        }
    }

    /** Runs {@code command} and returns its standard output and error. */
    static String run(Path directory, Map<String, String> environment, List<String> command, String input)
            throws IOException {
        List<String> words = new ArrayList<>(command);
        // By its full name: a program is looked for along the path of this process, not along that of its own environment.
        find(words.getFirst()).ifPresent(program -> words.set(0, program.toString()));
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("PATH", searchPath());
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("SOURCE_DATE_EPOCH");
        builder.environment().putAll(environment);
        Process process = builder.start();
        Thread writer = Thread.ofVirtual().start(() -> {
            try (var out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended without reading all; its exit status tells.
            }
        });
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            writer.join();
            if (status != 0) {
                throw new ImageBuildException(command.getFirst() + " failed with status " + status + ":\n" + output);
            }
            return output;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static String run(Path directory, String... command) throws IOException {
        return run(directory, Map.of(), List.of(command), "");
    }

    private static String searchPath() {
        String path = System.getenv("PATH");
        return (path == null ? "/usr/bin:/bin" : path) + ":/usr/sbin:/sbin";
    }
}
