package org.xenomips.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xenomips.cli.router.HostedMachine;
import org.xenomips.cli.router.Plugins;
import org.xenomips.image.ImageException;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.MachineConfig.Console;
import org.xenomips.machine.MachineConfig.MonitorKey;
import org.xenomips.net.FramePort;

/** One router of the demo: its configuration, its machine, and what is asked at its console. */
final class DemoRouter implements AutoCloseable {
    /** How long a command may take that does not wait for anything. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A line of BIRD's table of neighbours: router id, priority, state, role. */
    private static final Pattern NEIGHBOUR = Pattern.compile("(?m)^[0-9.]+\\s+\\d+\\s+([\\w-]+)/");
    private static final String FULL = "Full";

    /** The LANs of the routers, in their order. */
    enum Lan {
        FIRST("198.18.1"), SECOND("198.18.2");

        private final String prefix;

        Lan(String prefix) {
            this.prefix = prefix;
        }

        /** The router's address. */
        String gateway() {
            return prefix + ".1";
        }

        /** The address of a host. */
        String host() {
            return prefix + ".10";
        }

        String network() {
            return prefix + ".0/24";
        }
    }

    /** All addresses of the demo are from here, the range for tests of network equipment (RFC 2544), which no real network uses. */
    static final String ALL_ADDRESSES = "198.18.0.0/15";
    /** The network between the routers. */
    static final String LINK = "198.18.12.0/30";

    private final String name;
    private final Lan lan;
    private final SharedTerminal.Line line;
    private final HostedMachine hosted;
    private final Machine machine;
    private boolean configured;

    /**
     * Builds router {@code number} (1 or 2) with its files in {@code directory}; it does not run yet.
     *
     * @param lanPort what FastEthernet0/0 is plugged into
     * @param linkPort what FastEthernet1/0 is plugged into
     * @param keys keys behind the escape character of its console
     */
    DemoRouter(DemoCommand demo, int number, Path directory, SharedTerminal terminal, FramePort lanPort,
            FramePort linkPort, Map<Character, MonitorKey> keys)
            throws ConfigurationException, ImageException, IOException {
        name = "R" + number;
        lan = Lan.values()[number - 1];
        line = terminal.line(name);
        hosted = HostedMachine.of(arguments(demo, number), System.err::println);
        boolean complete = false;
        try {
            MachineConfig config = hosted.config();
            config.name = name;
            config.workingDirectory = directory;
            config.mac = new byte[]{ 2, 0, 0x5e, 0, (byte) number, 0 };
            config.console = new Console.Local(line);
            config.monitorKeys.putAll(keys);
            hosted.claimFiles();
            configure(config, number);
            machine = hosted.build();
            machine.platform().connect(0, 0, lanPort);
            machine.platform().connect(1, 0, linkPort);
            hosted.load(machine, new PrintStream(OutputStream.nullOutputStream()));
            complete = true;
        } finally {
            if (!complete) {
                hosted.close();
            }
        }
    }

    /** The command line of a router of the demo, but for what a command line cannot say. */
    private static List<String> arguments(DemoCommand demo, int number) {
        List<String> arguments = new ArrayList<>(
                List.of("-i", Integer.toString(number), "-t=" + demo.npe, "-p", "1:PA-FE-TX", "--disk0", "0",
                        "--strict"));
        if (demo.interpretOnly) {
            arguments.add("-j");
        }
        arguments.add("--");
        arguments.add(demo.image.toString());
        return arguments;
    }

    /** Gives the router its startup configuration unless one is stored already. */
    private void configure(MachineConfig config, int number) throws ConfigurationException, IOException {
        Path nvram = config.file("nvram");
        configured = Files.exists(nvram) && hasConfiguration(nvram);
        if (!configured) {
            Path file = config.workingDirectory.resolve(name + ".cfg");
            Files.writeString(file, configuration(number), StandardCharsets.US_ASCII);
            config.startupConfig = file;
        }
    }

    private static boolean hasConfiguration(Path nvram) {
        try {
            return Plugins.nvramTool().exportFile(nvram).startup().length > 0;
        } catch (ConfigurationException e) {
            return false; // blank, or damaged: replaced
        }
    }

    /** The startup configuration. Hellos come often and the link is point-to-point so that nobody has to wait for OSPF. */
    private String configuration(int number) {
        return """
                hostname %s
                !
                interface FastEthernet0/0
                 ip address %s 255.255.255.0
                 no shutdown
                !
                interface FastEthernet1/0
                 ip address 198.18.12.%d 255.255.255.252
                 ip ospf network point-to-point
                 ip ospf hello-interval 2
                 ip ospf dead-interval 8
                 no shutdown
                !
                router ospf 1
                 router-id %s
                 passive-interface FastEthernet0/0
                 network %s.0 0.0.0.255 area 0
                 network 198.18.12.0 0.0.0.3 area 0
                !
                end
                """.formatted(name, lan.gateway(), number, lan.gateway(), lan.prefix);
    }

    String name() {
        return name;
    }

    Lan lan() {
        return lan;
    }

    /** True if it uses a configuration stored by an earlier run. */
    boolean wasConfigured() {
        return configured;
    }

    /** The conversation at its console. */
    Dialogue dialogue() {
        return line.dialogue();
    }

    Machine machine() {
        return machine;
    }

    /** The state of the OSPF neighbour as BIRD calls it, or {@code no neighbour}. */
    String neighbourState() throws DialogueException, InterruptedException {
        Matcher state = NEIGHBOUR.matcher(ask("birdc show ospf neighbors"));
        return state.find() ? state.group(1) : "no neighbour";
    }

    /** True if {@link #neighbourState} says that the databases are the same. */
    static boolean isFull(String neighbourState) {
        return neighbourState.equals(FULL);
    }

    /** The routing table. */
    String routes() throws DialogueException, InterruptedException {
        return ask("show ip route");
    }

    /** The report of {@code ping} from this router's LAN address to {@code address}. */
    Dialogue.Answer ping(String address) throws DialogueException, InterruptedException {
        return line.dialogue().command("ping -c 5 -I " + lan.gateway() + " " + address, PATIENCE);
    }

    private String ask(String command) throws DialogueException, InterruptedException {
        return line.dialogue().command(command, PATIENCE).text();
    }

    /** Frees everything; the machine has stopped or was never started. */
    @Override
    public void close() {
        hosted.close();
    }
}
