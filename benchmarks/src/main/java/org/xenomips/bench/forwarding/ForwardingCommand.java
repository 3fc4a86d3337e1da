package org.xenomips.bench.forwarding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
                + "CPU time that takes; round trips through one router, and between two.",
        "The hosts are network namespaces on this machine, so they share its processors with the router. Needs root.",
        "" }, footer = { "", "Example: benchmarks/forwarding --seconds 20 --sizes 60,1514",
                "Exit status: 0, 1 if something could not be measured, 2 for a usage error." })
public final class ForwardingCommand implements Callable<Integer> {
    private static final Pattern ROUND_TRIP = Pattern.compile("min/avg/max\\S* = ([0-9.]+)/([0-9.]+)/([0-9.]+)");
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
        try (RouterProcess router = new RouterProcess(home, lab.besideRouters(), configuration,
                options("0:0:linux_eth:eth0", "1:0:linux_eth:eth1"))) {
            lab.onHost(0, "ping", "-q", "-c", "3", "-i", "0.2", Lab.address(1));
            roundTrip("host to host through one router",
                    lab.onHost(0, "ping", "-q", "-n", "-c", Integer.toString(pings), "-i", "0.005", Lab.address(1)));
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
        Path directory = java.nio.file.Files.createTempDirectory("forwarding-cable");
        String first = directory.resolve("a").toString();
        String second = directory.resolve("b").toString();
        try (RouterProcess a = row(lab, 0, first, second); RouterProcess b = row(lab, 1, second, first)) {
            a.command("ping -c 3 10.0.12.2");
            roundTrip("router to router, one a second", a.command("ping -q -c " + Math.min(pings, 30) + " 10.0.12.2"));
            roundTrip("router to router, one after the other", a.command("ping -q -A -c " + pings + " 10.0.12.2"));
            roundTrip("host to host through two routers", lab.onHost(0, "ping", "-q", "-n", "-c",
                    Integer.toString(pings), "-i", "0.005", Lab.address(1)));
            b.command("true");
        } finally {
            java.nio.file.Files.deleteIfExists(Path.of(first));
            java.nio.file.Files.deleteIfExists(Path.of(second));
            java.nio.file.Files.deleteIfExists(directory);
        }
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
        return new RouterProcess(home, lab.besideRouters(), configuration,
                options("0:0:linux_eth:eth" + k, "1:0:unix:" + here + ":" + there));
    }

    private static void roundTrip(String what, String report) throws IOException {
        Matcher times = ROUND_TRIP.matcher(report);
        if (!times.find()) {
            throw new IOException(what + ": " + report);
        }
        System.out.printf("round trip, %s: min %s, average %s, max %s ms%n", what, times.group(1), times.group(2),
                times.group(3));
    }
}
