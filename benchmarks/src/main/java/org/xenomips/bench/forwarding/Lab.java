package org.xenomips.bench.forwarding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

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
import org.xenomips.foreign.NativeFunctions;

/**
 * Two hosts and a place for routers between them, each a network namespace: host k has the address 10.0.k.2 and 10.0.k.1 as its
 * gateway; its cable ends as {@code ethK} in the place for the routers.
 */
final class Lab implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final MethodHandle OPEN = NativeFunctions.systemCall("open",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
    private static final MethodHandle SETNS = NativeFunctions.systemCall("setns",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = NativeFunctions.systemCall("close",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final List<String> made = new ArrayList<>();
    private final String middle;

    /** Makes everything; fails without root. */
    Lab() throws IOException {
        boolean complete = false;
        try {
            middle = add("routers");
            for (int k = 0; k < 2; k++) {
                String host = add("host" + k);
                run("ip", "-n", host, "link", "add", "e0", "type", "veth", "peer", "name", "eth" + k, "netns", middle);
                run("ip", "-n", middle, "link", "set", "eth" + k, "addrgenmode", "none", "up");
                run("ip", "-n", host, "link", "set", "e0", "addrgenmode", "none", "up");
                run("ip", "-n", host, "addr", "add", address(k) + "/24", "dev", "e0");
                run("ip", "-n", host, "route", "add", "default", "via", "10.0." + k + ".1");
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private String add(String name) throws IOException {
        String full = "xenomips-bench-" + ProcessHandle.current().pid() + "-" + name;
        run("ip", "netns", "add", full);
        made.add(full);
        run("ip", "-n", full, "link", "set", "lo", "up");
        return full;
    }

    /** The address of host {@code k}. */
    static String address(int k) {
        return "10.0." + k + ".2";
    }

    /** The words that make a command run beside the routers. */
    List<String> besideRouters() {
        return List.of("ip", "netns", "exec", middle);
    }

    /** Runs a command on host {@code k}; what it printed. */
    String onHost(int k, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", made.get(1 + k)));
        words.addAll(List.of(command));
        return run(words.toArray(String[]::new));
    }

    /** The hosts ask again for their gateways' hardware addresses, because other routers are there now. */
    void forgetNeighbours() throws IOException {
        for (int k = 0; k < 2; k++) {
            onHost(k, "ip", "neigh", "flush", "all");
        }
    }

    /** Runs {@code work} on a thread of host {@code k}: sockets opened there are the host's. */
    <T> T open(int k, Callable<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter(made.get(1 + k));
            return work.call();
        });
        Thread.ofPlatform().daemon().start(task);
        try {
            return task.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IOException(e);
        }
    }

    private static void enter(String namespace) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/run/netns/" + namespace);
            int fd = (int) NativeFunctions.result(state -> (int) OPEN.invokeExact(state, path, 0));
            long result = fd < 0
                    ? fd
                    : NativeFunctions.result(state -> (int) SETNS.invokeExact(state, fd, CLONE_NEWNET));
            if (fd >= 0) {
                long _ = NativeFunctions.result(state -> (int) CLOSE.invokeExact(state, fd));
            }
            if (result < 0) {
                throw new IOException("network namespace " + namespace + " cannot be entered: error " + -result);
            }
        }
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }

    @Override
    public void close() {
        for (String namespace : made.reversed()) {
            try {
                run("ip", "netns", "del", namespace);
            } catch (IOException e) {
                System.err.println("forwarding: " + e.getMessage());
            }
        }
        made.clear();
    }
}
