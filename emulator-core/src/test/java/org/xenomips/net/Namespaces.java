package org.xenomips.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
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
import org.xenomips.foreign.NativeFunctions;
import org.xenomips.foreign.NativeFunctions.SystemCall;

/** Network namespaces of the test's own, so that nothing of the host's network is touched. Needs root and iproute2. */
public final class Namespaces implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final List<String> names = new ArrayList<>();

    /** What a test does in its namespaces. Whether the host allows it is found out once, by trying. */
    public enum Need {
        CABLES("ip link add a0 type veth peer name b0"), //
        BRIDGES("ip link add br0 type bridge"), //
        TAP_DEVICES("ip tuntap add dev t0 mode tap"), //
        PING("ping -V");

        private final String trial;

        Need(String trial) {
            this.trial = trial;
        }

        private static final List<String> OBSTACLES = List.of(values()).stream().map(Need::obstacle).toList();

        /** What is in the way; empty = nothing. */
        private String obstacle() {
            try (Namespaces probe = new Namespaces()) {
                exec(probe.add(), trial.split(" "));
                return "";
            } catch (IOException e) {
                return this + ": " + e.getMessage();
            }
        }
    }

    /** Skips the test, and says why, where one of {@code needs} (without any named: one of all) is not to be had. */
    public static Namespaces orSkip(Need... needs) {
        for (Need need : needs.length == 0 ? Need.values() : needs) {
            String obstacle = Need.OBSTACLES.get(need.ordinal());
            assumeTrue(obstacle.isEmpty(), "network tests need root, iproute2, ping and /dev/net/tun: " + obstacle);
        }
        return new Namespaces();
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

    /** A veth pair without addresses of any kind, up: {@code a} in namespace {@code inA}, {@code b} in {@code inB}. */
    public static void connect(String inA, String a, String inB, String b) throws IOException {
        ip(inA, "link add " + a + " type veth peer name " + b + " netns " + inB);
        ip(inA, "link set " + a + " addrgenmode none");
        ip(inB, "link set " + b + " addrgenmode none up");
        ip(inA, "link set " + a + " up");
    }

    /** Runs {@code work} in {@code namespace}: sockets opened there, and their threads, stay there. */
    public static <T> T in(String namespace, Callable<T> work) throws Exception {
        return onOwnThread(() -> {
            Calls.enter(namespace);
            return work.call();
        });
    }

    /** Runs {@code work} in {@code namespace} on a thread that has no capabilities, as for an ordinary user. */
    public static <T> T withoutCapabilities(String namespace, Callable<T> work) throws Exception {
        return onOwnThread(() -> {
            Calls.enter(namespace);
            Calls.dropCapabilities();
            return work.call();
        });
    }

    /** Puts {@code frames} on the interface with index {@code index} of {@code namespace} exactly as they are. */
    public static void sendFrames(String namespace, int index, List<byte[]> frames) throws Exception {
        in(namespace, () -> {
            Calls.send(index, frames);
            return true;
        });
    }

    private static <T> T onOwnThread(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        try {
            return task.get(100, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void close() throws IOException {
        for (String name : names.reversed()) {
            run(List.of("ip", "netns", "del", name));
        }
    }

    /** What only the calling thread can do for itself. */
    private static final class Calls {
        private static final int CLONE_NEWNET = 0x4000_0000;
        private static final int CAPABILITY_VERSION_3 = 0x2008_0522;
        private static final int AF_PACKET = 17;
        private static final int SOCK_RAW = 3;
        /** Size of a {@code sockaddr_ll}. */
        private static final int ADDRESS_BYTES = 20;

        private static final MethodHandle OPEN = NativeFunctions.systemCall("open",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
        private static final MethodHandle CLOSE = NativeFunctions.systemCall("close",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        private static final MethodHandle SETNS = NativeFunctions.systemCall("setns",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        private static final MethodHandle CAPSET = NativeFunctions.systemCall("capset",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        private static final MethodHandle SOCKET = NativeFunctions.systemCall("socket",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        private static final MethodHandle SENDTO = NativeFunctions.systemCall("sendto",
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));

        private Calls() {}

        private static int call(String name, SystemCall call) throws IOException {
            long result = NativeFunctions.result(call);
            if (result < 0) {
                throw new IOException(name + ": error " + -result);
            }
            return (int) result;
        }

        static void enter(String namespace) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment path = arena.allocateFrom("/run/netns/" + namespace);
                int fd = call("open", state -> (int) OPEN.invokeExact(state, path, 0));
                call("setns", state -> (int) SETNS.invokeExact(state, fd, CLONE_NEWNET));
                call("close", state -> (int) CLOSE.invokeExact(state, fd));
            }
        }

        static void dropCapabilities() throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment header = arena.allocateFrom(JAVA_INT, CAPABILITY_VERSION_3, 0);
                MemorySegment none = arena.allocate(24);
                call("capset", state -> (int) CAPSET.invokeExact(state, header, none));
            }
        }

        static void send(int index, List<byte[]> frames) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                int fd = call("socket", state -> (int) SOCKET.invokeExact(state, AF_PACKET, SOCK_RAW, 0));
                MemorySegment to = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
                to.set(JAVA_SHORT, 0, (short) AF_PACKET);
                to.set(JAVA_INT, 4, index);
                for (byte[] frame : frames) {
                    MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, frame);
                    call("sendto", state -> (long) SENDTO.invokeExact(state, fd, bytes, (long) frame.length, 0, to,
                            ADDRESS_BYTES));
                }
                call("close", state -> (int) CLOSE.invokeExact(state, fd));
            }
        }
    }
}
