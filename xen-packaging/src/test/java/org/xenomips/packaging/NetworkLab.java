package org.xenomips.packaging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenomips.net.Namespaces;

/**
 * Two hosts with a router between them, each in a namespace of its own: 10.0.0.2 (host 0) and 10.0.1.2 (host 1) at FastEthernet0/0
 * and FastEthernet1/0. The hosts keep all offloads on, as a virtual cable has them.
 */
final class NetworkLab implements AutoCloseable {
    final Namespaces namespaces;
    final List<String> hosts = new ArrayList<>();
    final String middle;
    final Program router;

    /** Boots the forwarder with both ports of connection type {@code type}: linux_eth, gen_eth or tap. */
    NetworkLab(Path directory, String type, String... options) throws IOException, InterruptedException {
        namespaces = Namespaces.orSkip();
        try {
            middle = namespaces.add();
            List<String> arguments = new ArrayList<>(List.of("builtin:forwarder", "-p", "1:PA-FE-TX"));
            for (int port = 0; port < 2; port++) {
                arguments.addAll(List.of("-s", port + ":0:" + type + ":" + addHost(port, type.equals("tap"))));
            }
            arguments.addAll(List.of(options));
            router = Program.start(directory, Namespaces.prefix(middle), arguments);
            awaitGuest(router);
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            namespaces.close();
            throw e;
        }
    }

    private static void awaitGuest(Program router) throws InterruptedException {
        try {
            router.await("READY");
        } catch (AssertionError e) {
            router.close();
            throw e;
        }
    }

    /** Makes a host; the interface for the router's port. A TAP device is joined to the host by a bridge. */
    private String addHost(int port, boolean tap) throws IOException {
        String host = namespaces.add();
        hosts.add(host);
        String cable = "eth" + (port + 1);
        Namespaces.connect(host, "e0", middle, cable);
        giveAddress(host, "e0", port);
        if (!tap) {
            return cable;
        }
        Namespaces.ip(middle, "tuntap add dev tap" + port + " mode tap");
        Namespaces.ip(middle, "link add br" + port + " type bridge");
        for (String device : List.of("tap" + port, "br" + port)) {
            Namespaces.ip(middle, "link set " + device + " addrgenmode none up");
        }
        Namespaces.ip(middle, "link set tap" + port + " master br" + port);
        Namespaces.ip(middle, "link set " + cable + " master br" + port);
        return "tap" + port;
    }

    /** Gives a host's interface the address 10.0.{@code net}.2 and the router as its gateway. */
    static void giveAddress(String host, String device, int net) throws IOException {
        Namespaces.ip(host, "addr add " + address(net) + "/24 dev " + device);
        Namespaces.ip(host, "route add default via " + gateway(net));
    }

    /** The address of the host on network {@code net}. */
    static String address(int net) {
        return "10.0." + net + ".2";
    }

    /** The address of the router on network {@code net}. */
    static String gateway(int net) {
        return "10.0." + net + ".1";
    }

    /** Sends five echo requests from a host; the report of {@code ping}. Fails unless all are answered. */
    static String ping(String namespace, String to) throws IOException {
        String report = Namespaces.exec(namespace, "ping", "-n", "-c", "5", "-i", "0.2", "-W", "5", to);
        if (!report.contains(" 5 received")) {
            throw new AssertionError(report);
        }
        return report;
    }

    /** Types {@code command} at the router's console; what was printed until the next prompt. */
    String command(String command) throws IOException, InterruptedException {
        int from = router.output().length();
        router.type(command + "\r");
        int echoed = router.await(command, from);
        int end = router.await("forwarder>", echoed);
        return router.output().substring(echoed, end);
    }

    /** Waits, at most 10 s, until the router's line about FastEthernet0/0 ends with {@code wanted}. */
    void awaitLink(String wanted) throws IOException, InterruptedException {
        String state = "";
        for (int attempt = 0; attempt < 40; attempt++) {
            state = command("show interfaces");
            if (state.lines().filter(line -> line.startsWith("FastEthernet0/0")).anyMatch(l -> l.endsWith(wanted))) {
                return;
            }
            Thread.sleep(250);
        }
        throw new AssertionError("FastEthernet0/0: not '" + wanted + "' but\n" + state);
    }

    @Override
    public void close() throws IOException {
        router.close();
        namespaces.close();
    }
}
