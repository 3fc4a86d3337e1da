package org.xenomips.bench.forwarding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.xenomips.bench.compare.ProcFs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code benchmarks/forwarding}. */
@Command(name = "forwarding", sortOptions = false, usageHelpAutoWidth = true, description = {
        "Measures how fast the open router forwards: frames per second of each size through one router, one way and both, with the "
                + "CPU time that takes; round trips through one router, and between two, which are two processes or in one.",
        "The hosts are network namespaces on this machine, so they share its processors with the router. Needs root.",
        "" }, footer = { "", "Example: benchmarks/forwarding --seconds 20 --sizes 60,1514",
                "Exit status: 0, 1 if something could not be measured, 2 for a usage error." })
public final class ForwardingCommand implements Callable<Integer> {
    /** Round trips at one a second; more would take long. */
    private static final int SLOW_PINGS = 30;
    private static final int SHORTEST = 60;
    private static final int LONGEST = 1514;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--sizes", split = ",", defaultValue = "60,512,1514", paramLabel = "BYTES", description = "Sizes of the frames without FCS. Default: ${DEFAULT-VALUE}.")
    private List<Integer> sizes = List.of();

    @Option(names = "--seconds", defaultValue = "10", paramLabel = "N", description = "How long each measurement takes; as long again for warming up. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--pings", defaultValue = "1000", paramLabel = "N", description = "Round trips measured. Default: ${DEFAULT-VALUE}.")
    private int pings;

    @Option(names = "--no-load", description = "Round trips only.")
    private boolean noLoad;

    @Option(names = "--image", defaultValue = "builtin:router", paramLabel = "IMAGE", description = "The router. Default: ${DEFAULT-VALUE}.")
    private String image = "";

    @Option(names = "-t", defaultValue = "npe-400", paramLabel = "NPE", description = "Processor board. Default: ${DEFAULT-VALUE}.")
    private String npe = "";

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this text and ends.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private final Path home;

    private ForwardingCommand(Path home) {
        this.home = home;
    }

    /** The system property {@code xenomips.home} is the top of the source tree. */
    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty("xenomips.home", ".")).toAbsolutePath().normalize();
        System.exit(new CommandLine(new ForwardingCommand(home)).setExpandAtFiles(false).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1 || pings < 1 || sizes.stream().anyMatch(size -> size < SHORTEST || size > LONGEST)) {
            throw new ParameterException(spec.commandLine(), "seconds and pings are positive, sizes from " + SHORTEST
                    + " to " + LONGEST);
        }
        if (!ProcFs.isUsable()) {
            System.err.println("forwarding: needs Linux's /proc with schedstat");
            return 1;
        }
        try (Lab lab = new Lab()) {
            throughOneRouter(lab);
            betweenTwoRouters(lab);
            inOneProcess();
            return 0;
        } catch (IOException e) {
            System.err.println("forwarding: " + e.getMessage());
            return 1;
        }
    }

    private List<String> options(String... connections) {
        List<String> options = new ArrayList<>(List.of(image, "-t", npe));
        for (String connection : connections) {
            options.addAll(List.of("-s", connection));
        }
        return options;
    }

    private void throughOneRouter(Lab lab) throws IOException, InterruptedException {
        String configuration = """
                hostname R1
                interface FastEthernet0/0
                 ip address 10.0.0.1 255.255.255.0
                 no shutdown
                interface FastEthernet1/0
                 ip address 10.0.1.1 255.255.255.0
                 no shutdown
                end
                """;
        try (RouterProcess router = RouterProcess.router(home, lab.besideRouters(), configuration,
                options("0:0:linux_eth:eth0", "1:0:linux_eth:eth1"))) {
            lab.onHost(0, "ping", "-q", "-c", "3", "-i", "0.2", Lab.address(1));
            System.out.println(RoundTrips.head());
            pingBetweenHosts("host to host, one router", lab);
            if (noLoad) {
                return;
            }
            System.out.println("frame bytes  directions  frames/s  Mbit/s  lost  guest's CPU  all CPU  CPU us/frame");
            for (int size : sizes) {
                throughput(lab, router, size, 1);
                throughput(lab, router, size, 2);
            }
            idle(router);
        }
    }

    /** After the load, and when what it left to be compiled has been. */
    private void idle(RouterProcess router) throws InterruptedException {
        Thread.sleep(seconds * 1000L);
        long before = router.allNs();
        long start = System.nanoTime();
        Thread.sleep(seconds * 1000L);
        System.out.printf(Locale.ROOT, "idle router: %.1f %% of a core%n",
                100.0 * (router.allNs() - before) / (System.nanoTime() - start));
    }

    private void throughput(Lab lab, RouterProcess router, int size, int directions)
            throws IOException, InterruptedException {
        List<Load> loads = new ArrayList<>();
        try {
            for (int from : IntStream.range(0, directions).toArray()) {
                loads.add(new Load(lab, from, 5000 + from, size));
            }
            Thread.sleep(seconds * 1000L);
            long start = System.nanoTime();
            long frames = sum(loads, false);
            long lost = sum(loads, true);
            long machine = router.machineNs();
            long all = router.allNs();
            Thread.sleep(seconds * 1000L);
            double ns = System.nanoTime() - start;
            frames = sum(loads, false) - frames;
            lost = sum(loads, true) - lost;
            machine = router.machineNs() - machine;
            all = router.allNs() - all;
            System.out.printf(Locale.ROOT, "%11d  %10d  %8.0f  %6.1f  %4d  %9.0f %%  %5.0f %%  %12.1f%n", size,
                    directions, frames * 1e9 / ns, frames * size * 8e3 / ns, lost, 100 * machine / ns, 100 * all / ns,
                    frames == 0 ? Double.NaN : all / 1e3 / frames);
        } finally {
            loads.forEach(Load::close);
        }
    }

    private static long sum(List<Load> loads, boolean lost) {
        return loads.stream().mapToLong(load -> lost ? load.lost() : load.arrived()).sum();
    }

    /** The routers are two processes, their cable a pair of UNIX sockets. */
    private void betweenTwoRouters(Lab lab) throws IOException {
        lab.forgetNeighbours();
        Path directory = Files.createTempDirectory("forwarding-cable");
        String first = directory.resolve("a").toString();
        String second = directory.resolve("b").toString();
        try (RouterProcess a = row(lab, 0, first, second); RouterProcess b = row(lab, 1, second, first)) {
            a.command("ping -c 3 10.0.12.2");
            System.out.println(RoundTrips.head());
            pingFrom(a, "10.0.12.2", "two processes");
            pingBetweenHosts("host to host, two routers", lab);
            b.command("true");
        } finally {
            Files.deleteIfExists(Path.of(first));
            Files.deleteIfExists(Path.of(second));
            Files.deleteIfExists(directory);
        }
    }

    /** The routers of the demo; what they are joined by is a queue. */
    private void inOneProcess() throws IOException {
        try (RouterProcess routers = RouterProcess.demo(home, List.of("-t", npe, "--image", image))) {
            pingFrom(routers, "198.18.12.2", "one process");
        }
    }

    /** What ping prints it prints afterwards, so that the router has nothing else to do meanwhile. */
    private void pingFrom(RouterProcess router, String address, String joined) throws IOException {
        String command = "ping %s -c %d " + address + " > /tmp/pings; cat /tmp/pings";
        System.out.println(RoundTrips.parse(router.command(command.formatted("", Math.min(pings, SLOW_PINGS))))
                .row("router to router, " + joined + ", one a second"));
        System.out.println(RoundTrips.parse(router.command(command.formatted("-A", pings)))
                .row("router to router, " + joined + ", one after the other"));
    }

    private void pingBetweenHosts(String what, Lab lab) throws IOException {
        System.out.println(RoundTrips.parse(
                lab.onHost(0, "ping", "-n", "-c", Integer.toString(pings), "-i", "0.005", Lab.address(1))).row(what));
    }

    private RouterProcess row(Lab lab, int k, String here, String there) throws IOException {
        String configuration = """
                hostname R%d
                interface FastEthernet0/0
                 ip address 10.0.%d.1 255.255.255.0
                 no shutdown
                interface FastEthernet1/0
                 ip address 10.0.12.%d 255.255.255.0
                 no shutdown
                ip route 10.0.%d.0 255.255.255.0 10.0.12.%d
                end
                """.formatted(k + 1, k, k + 1, 1 - k, 2 - k);
        return RouterProcess.router(home, lab.besideRouters(), configuration,
                options("0:0:linux_eth:eth" + k, "1:0:unix:" + here + ":" + there));
    }
}
