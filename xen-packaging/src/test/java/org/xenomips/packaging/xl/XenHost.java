package org.xenomips.packaging.xl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A control domain in a directory. Everything on it is real but {@code xl}, which cannot run without Xen: a stand-in on the path
 * records what it is asked, see the test resource of that name.
 */
final class XenHost {
    /** What a script did. */
    record Result(int status, String output, String errors) {
    }

    private final Path directory;
    private final Path state;
    private final Map<String, String> environment = new TreeMap<>();
    private List<String> prefix = List.of();

    /** A host that offers PVH, without a configuration file. */
    XenHost(Path directory) throws IOException {
        this.directory = directory;
        this.state = Files.createDirectories(directory.resolve("xl-state"));
        Files.createDirectories(state.resolve("domains"));
        Path programs = Files.createDirectories(directory.resolve("bin"));
        try (InputStream standIn = XenHost.class.getResourceAsStream("xl")) {
            Files.write(programs.resolve("xl"), java.util.Objects.requireNonNull(standIn).readAllBytes());
        }
        executable(programs.resolve("xl"));
        environment.put("PATH", programs + ":" + System.getenv("PATH") + ":/usr/sbin:/sbin");
        environment.put("XL_STATE", state.toString());
        environment.put("XENOMIPS_RUN", directory.resolve("run").toString());
        offers("xen-3.0-x86_64 hvm-3.0-x86_32 hvm-3.0-x86_32p hvm-3.0-x86_64");
    }

    /** The top of the source tree. */
    static Path top() {
        Path top = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(top.resolve(".mvn"))) {
            top = java.util.Objects.requireNonNull(top.getParent(), "not inside the source tree");
        }
        return top;
    }

    /** A file of the dom0 tools. */
    static Path tool(String name) {
        return top().resolve("xen-packaging/src/main/dom0").resolve(name);
    }

    static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path directory() {
        return directory;
    }

    /** What {@code xl info} says of the capabilities. */
    void offers(String capabilities) throws IOException {
        Files.writeString(state.resolve("info"),
                "host                   : lab\nxen_caps               : " + capabilities
                        + "\nxen_scheduler : credit2\n");
    }

    /** The named xl command fails from now on. */
    void fails(String command) throws IOException {
        Files.writeString(state.resolve("fail"), command);
    }

    /** A domain exists that nobody here has started. */
    void foreignDomain(String name, int id) throws IOException {
        Files.writeString(state.resolve("domains").resolve(name), id + "\n");
    }

    /** The domains that exist. */
    List<String> domains() throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("domains"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The configuration with which a domain was created. */
    String created(String name) throws IOException {
        return Files.readString(state.resolve("created." + name));
    }

    /** What xl was asked to change: all calls but the questions. */
    List<String> calls() throws IOException {
        Path calls = state.resolve("calls");
        if (!Files.exists(calls)) {
            return List.of();
        }
        return Files.readAllLines(calls)
                .stream()
                .filter(call -> !call.startsWith("domid ") && !call.equals("info") && !call.equals("list"))
                .map(call -> call.replace(directory.toString(), "DIR"))
                .toList();
    }

    /** Another program comes first on the path. */
    Path program(String name, String text) throws IOException {
        Path file = directory.resolve("bin").resolve(name);
        Files.writeString(file, text);
        executable(file);
        return file;
    }

    /** Everything runs in this network namespace. */
    void inNamespace(String namespace) {
        prefix = List.of("ip", "netns", "exec", namespace);
    }

    void environment(String name, String value) {
        environment.put(name, value);
    }

    /** Writes the configuration file; {@code DIR} stands for the host's directory. */
    Path configuration(String text) throws IOException {
        return Files.writeString(directory.resolve("xenomips.conf"), text.replace("DIR", directory.toString()));
    }

    /** Makes an empty file for each path that is relative to the host's directory. */
    void files(String... names) throws IOException {
        for (String name : names) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, "");
        }
    }

    /** Runs xenomips-xl with the configuration file of this host. */
    Result xenomipsXl(Shell shell, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(tool("xenomips-xl").toString());
        words.add("-c");
        words.add(directory.resolve("xenomips.conf").toString());
        words.addAll(List.of(arguments));
        return run(shell, words);
    }

    /** Runs a script and its arguments in {@code shell}. */
    Result run(Shell shell, List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(shell.orSkip());
        command.addAll(words);
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " does not end");
        }
        Result result = new Result(process.exitValue(), readHere(out), readHere(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    private String readHere(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).replace(directory.toString(), "DIR");
    }
}
