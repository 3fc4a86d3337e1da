package org.xenomips.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xenomips.cli.demo.DemoRouter.Lan;
import org.xenomips.cli.router.Plugins;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.net.FramePort;

/**
 * The LANs of {@code demo --host}: the first one is an interface of this host, the second one that of a network namespace, so that a
 * ping from here to there has to go through both routers.
 */
final class DemoHost implements AutoCloseable {
    private static final String NAMESPACES = "xenomips-demo-";

    private final String namespace;
    private final String nearInterface;
    private final String farInterface;
    private boolean made;

    /** Makes interfaces and namespace. */
    DemoHost() throws ConfigurationException {
        long pid = ProcessHandle.current().pid();
        namespace = NAMESPACES + pid;
        nearInterface = "xmd1-" + pid;
        farInterface = "xmd2-" + pid;
        requireRoot();
        boolean complete = false;
        try {
            removeRemains();
            requireFreeAddresses();
            ip("netns add " + namespace);
            made = true;
            ip("link add " + farInterface + " type veth peer name eth0 netns " + namespace);
            ip("link set " + farInterface + " addrgenmode none up");
            ip("-n " + namespace + " link set lo up");
            ip("-n " + namespace + " link set eth0 addrgenmode none up");
            ip("-n " + namespace + " addr add " + Lan.SECOND.host() + "/24 dev eth0");
            ip("-n " + namespace + " route add default via " + Lan.SECOND.gateway());
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private static void requireRoot() throws ConfigurationException {
        try {
            if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
                throw new ConfigurationException("demo --host makes network interfaces on this host, which takes root "
                        + "(sudo); without --host the demo needs no privileges");
            }
        } catch (IOException e) {
            throw new ConfigurationException("demo --host needs Linux: " + e.getMessage(), e);
        }
    }

    private static void requireFreeAddresses() throws ConfigurationException {
        String routes = ip("-4 route show root " + DemoRouter.ALL_ADDRESSES);
        if (!routes.isEmpty()) {
            throw new ConfigurationException("demo --host uses addresses of " + DemoRouter.ALL_ADDRESSES
                    + ", and this host has a route there already (of another demo?): " + routes);
        }
    }

    /** A demo that was killed leaves its namespace behind, and with it the veth pair. */
    private static void removeRemains() throws ConfigurationException {
        for (String line : ip("netns list").lines().toList()) {
            String name = line.split(" ", 2)[0];
            String pid = name.startsWith(NAMESPACES) ? name.substring(NAMESPACES.length()) : "";
            if (!pid.isEmpty() && Files.notExists(Path.of("/proc", pid))) {
                ip("netns del " + name);
            }
        }
    }

    /** What the first router's LAN port is plugged into; this host gets an address there and a way to the other LAN. */
    FramePort near() throws ConfigurationException, IOException {
        FramePort port = Plugins.port("tap").open(List.of(nearInterface));
        boolean complete = false;
        try {
            ip("link set " + nearInterface + " addrgenmode none up");
            ip("addr add " + Lan.FIRST.host() + "/24 dev " + nearInterface);
            ip("route add " + Lan.SECOND.network() + " via " + Lan.FIRST.gateway() + " dev " + nearInterface);
            complete = true;
            return port;
        } finally {
            if (!complete) {
                port.close();
            }
        }
    }

    /** What the second router's LAN port is plugged into. */
    FramePort far() throws ConfigurationException, IOException {
        return Plugins.port("linux_eth").open(List.of(farInterface));
    }

    /** The report of this host's own ping through both routers. */
    String ping() throws ConfigurationException {
        return run(List.of("ping", "-n", "-c", "5", "-i", "0.2", "-w", "20", Lan.SECOND.host()));
    }

    private static String ip(String arguments) throws ConfigurationException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        return run(command);
    }

    private static String run(List<String> command) throws ConfigurationException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new ConfigurationException("demo --host: '" + String.join(" ", command) + "' failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new ConfigurationException(
                    "demo --host needs the program " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("interrupted", e);
        }
    }

    /** Removes what was made; the TAP device goes with its port, the veth pair with the namespace. */
    @Override
    public void close() {
        if (!made) {
            return;
        }
        made = false;
        try {
            ip("netns del " + namespace);
        } catch (ConfigurationException e) {
            System.err.println(e.getMessage());
        }
    }
}
