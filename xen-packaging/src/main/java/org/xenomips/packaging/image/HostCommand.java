package org.xenomips.packaging.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs programs of the host; their output is shown only when they fail. */
final class HostCommand {
    private HostCommand() {}

    /** Whether the program {@code name} is there; file system tools live in directories that users often have not in their PATH. */
    static boolean exists(String name) {
        for (String directory : searchPath().split(":")) {
            if (Files.isExecutable(Path.of(directory, name))) {
                return true;
            }
        }
        return false;
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
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
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
