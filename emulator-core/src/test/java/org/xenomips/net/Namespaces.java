package org.xenomips.devices.netio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Network namespaces of the test's own, so that nothing of the host's network is touched. Needs root and iproute2. */
final class Namespaces implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final int CAPABILITY_VERSION_3 = 0x2008_0522;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final List<String> names = new ArrayList<>();

    /** Skips the test, and says why, where namespaces with virtual cables cannot be made. */
    static Namespaces orSkip() throws IOException {
        assumeTrue(Obstacle.OF_CABLES.isEmpty(), "virtual cables need root and iproute2: " + Obstacle.OF_CABLES);
        Namespaces result = new Namespaces();
        result.add();
        return result;
    }

    /** Skips the test, and says why, where no TAP device can be made either. */
    static Namespaces withTapOrSkip() throws IOException {
        Namespaces result = orSkip();
        String obstacle = Obstacle.OF_TAPS;
        if (!obstacle.isEmpty()) {
            result.close();
        }
        assumeTrue(obstacle.isEmpty(), "TAP devices need root and /dev/net/tun: " + obstacle);
        return result;
    }

    /** What this host lacks, found out once by trying; empty = nothing. */
    private static final class Obstacle {
        static final String OF_CABLES = trying("link add a0 type veth peer name b0");
        static final String OF_TAPS = trying("tuntap add dev t0 mode tap");

        private Obstacle() {}

        private static String trying(String arguments) {
            try (Namespaces probe = new Namespaces()) {
                ip(probe.add(), arguments);
                return "";
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    /** Makes a namespace; its name. */
    String add() throws IOException {
        String name = "xenomips-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        run("ip", "netns", "add", name);
        names.add(name);
        return name;
    }

    /** The namespace that was made first. */
    String first() {
        return names.getFirst();
    }

    /** Runs {@code ip} with {@code arguments}, split at blanks, in {@code namespace}. */
    static void ip(String namespace, String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(arguments.split(" ")));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output.strip());
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** A veth pair without addresses of any kind, up: {@code a} in namespace {@code inA}, {@code b} in {@code inB}. */
    static void connect(String inA, String a, String inB, String b) throws IOException {
        ip(inA, "link add " + a + " type veth peer name " + b + " netns " + inB);
        ip(inA, "link set " + a + " addrgenmode none");
        ip(inB, "link set " + b + " addrgenmode none up");
        ip(inA, "link set " + a + " up");
    }

    /** Runs {@code work} in {@code namespace}: sockets opened there, and their threads, stay there. */
    static <T> T in(String namespace, Callable<T> work) throws Exception {
        return onOwnThread(() -> {
            enter(namespace);
            return work.call();
        });
    }

    /** Runs {@code work} in {@code namespace} on a thread that has no capabilities, as for an ordinary user. */
    static <T> T withoutCapabilities(String namespace, Callable<T> work) throws Exception {
        return onOwnThread(() -> {
            enter(namespace);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment header = arena.allocateFrom(JAVA_INT, CAPABILITY_VERSION_3, 0);
                call("capset", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS), header, arena.allocate(24));
            }
            return work.call();
        });
    }

    private static <T> T onOwnThread(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        try {
            return task.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void enter(String namespace) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/run/netns/" + namespace);
            int fd = call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), path, 0);
            call("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), fd, CLONE_NEWNET);
            call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), fd);
        }
    }

    private static int call(String name, FunctionDescriptor descriptor, Object... arguments) throws IOException {
        Linker linker = Linker.nativeLinker();
        MethodHandle handle = linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
        int result;
        try {
            result = (int) handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IOException(name, e);
        }
        if (result < 0) {
            throw new IOException(name + " failed");
        }
        return result;
    }

    @Override
    public void close() throws IOException {
        for (String name : names) {
            run("ip", "netns", "del", name);
        }
    }
}
