package org.xenomips.packaging;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
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
public final class Namespaces implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final List<String> names = new ArrayList<>();

    /** Skips the test, and says why, where namespaces with virtual cables and TAP devices cannot be made. */
    public static Namespaces orSkip() {
        assumeTrue(Obstacle.FOUND.isEmpty(),
                "network tests need root, iproute2, ping and /dev/net/tun: " + Obstacle.FOUND);
        return new Namespaces();
    }

    /** What this host lacks, found out once by trying; empty = nothing. */
    private static final class Obstacle {
        static final String FOUND = trying();

        private Obstacle() {}

        private static String trying() {
            try (Namespaces probe = new Namespaces()) {
                String name = probe.add();
                ip(name, "link add a0 type veth peer name b0");
                ip(name, "link add br0 type bridge");
                ip(name, "tuntap add dev t0 mode tap");
                exec(name, "ping", "-V");
                return "";
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    /** Makes a namespace with its loopback up; its name. */
    public String add() throws IOException {
        String name = "xenomips-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        run(List.of("ip", "netns", "add", name));
        names.add(name);
        ip(name, "link set lo up");
        return name;
    }

    /** Runs {@code ip} with {@code arguments}, split at blanks, in {@code namespace}; what it printed. */
    public static String ip(String namespace, String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(arguments.split(" ")));
        return run(command);
    }

    /** Runs a program in {@code namespace}; what it printed. */
    public static String exec(String namespace, String... command) throws IOException {
        List<String> full = new ArrayList<>(prefix(namespace));
        full.addAll(List.of(command));
        return run(full);
    }

    /** The words that make a command run in {@code namespace}. */
    public static List<String> prefix(String namespace) {
        return List.of("ip", "netns", "exec", namespace);
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output.strip());
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return output;
    }

    /** A veth pair without IPv6 of its own, up: {@code a} in namespace {@code inA}, {@code b} in {@code inB}. */
    static void connect(String inA, String a, String inB, String b) throws IOException {
        ip(inA, "link add " + a + " type veth peer name " + b + " netns " + inB);
        ip(inA, "link set " + a + " addrgenmode none");
        ip(inB, "link set " + b + " addrgenmode none up");
        ip(inA, "link set " + a + " up");
    }

    /** Runs {@code work} on a thread in {@code namespace}: sockets opened there stay there. */
    static <T> T in(String namespace, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter(namespace);
            return work.call();
        });
        Thread.ofPlatform().daemon().start(task);
        try {
            return task.get(100, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void enter(String namespace) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/run/netns/" + namespace);
            int fd = (int) call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), path, 0);
            call("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), fd, CLONE_NEWNET);
            call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), fd);
        }
    }

    /** Puts {@code frames} on the interface with index {@code index} of {@code namespace} exactly as they are. */
    static void sendFrames(String namespace, int index, List<byte[]> frames) throws Exception {
        in(namespace, () -> {
            try (Arena arena = Arena.ofConfined()) {
                int fd = (int) call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), AF_PACKET,
                        SOCK_RAW, 0);
                MemorySegment to = arena.allocate(20, 4);
                to.set(JAVA_SHORT, 0, (short) AF_PACKET);
                to.set(JAVA_INT, 4, index);
                FunctionDescriptor sendto = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT,
                        ADDRESS, JAVA_INT);
                for (byte[] frame : frames) {
                    call("sendto", sendto, fd, arena.allocateFrom(JAVA_BYTE, frame), (long) frame.length, 0, to, 20);
                }
                call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), fd);
            }
            return true;
        });
    }

    private static long call(String name, FunctionDescriptor descriptor, Object... arguments) throws IOException {
        Linker linker = Linker.nativeLinker();
        MethodHandle handle = linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
        long result;
        try {
            result = ((Number) handle.invokeWithArguments(arguments)).longValue();
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
        for (String name : names.reversed()) {
            run(List.of("ip", "netns", "del", name));
        }
    }
}
