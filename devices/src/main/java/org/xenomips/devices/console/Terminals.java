package org.xenomips.devices.console;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.MachineConfig.Console;

/** Opens the host's end of a machine's serial lines. Thread: the one that builds the machine. */
public final class Terminals {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;

    private Terminals() {}

    /**
     * Opens what {@code spec} names and joins it to {@code machine} as a source of events.
     *
     * @param portLabel what the line is called in greetings, such as {@code console} or {@code AUX}
     * @throws ConfigurationException if the host refuses: a port that is taken, a device that does not exist
     */
    public static Terminal open(Console spec, Machine machine, String portLabel) throws ConfigurationException {
        TerminalBackend backend = switch (spec) {
            case Console.None none -> new Nowhere();
            case Console.Stdio stdio -> standard(machine);
            case Console.Local local ->
                new LocalConsole(local.end(), new Monitor(machine), machine.config().consoleEscape);
            case Console.Tcp tcp -> tcp(tcp, machine, portLabel);
            case Console.Serial serial -> serial(serial);
        };
        Terminal terminal = new Terminal(portLabel, backend, machine.attention());
        machine.addEventSource(terminal);
        return terminal;
    }

    /** Output vanishes, input never comes. */
    private static final class Nowhere implements TerminalBackend {
        private @Nullable Terminal terminal;
        private final byte[] sink = new byte[256];

        @Override
        public void start(Terminal owner) {
            terminal = owner;
        }

        @Override
        public void outputWaiting() {
            Terminal from = terminal;
            int taken = sink.length;
            while (from != null && taken > 0) {
                taken = from.takeOutput(sink);
            }
        }

        @Override
        public String describe() {
            return "nothing";
        }

        @Override
        public void close() {}
    }

    private static TerminalBackend standard(Machine machine) throws ConfigurationException {
        try {
            return standard(STANDARD_INPUT, STANDARD_OUTPUT, new Monitor(machine), machine.config().consoleEscape);
        } catch (IOException e) {
            throw new ConfigurationException("the terminal cannot be used as a console: " + e.getMessage(), e);
        }
    }

    /** A console on two descriptors that stay open; if {@code inFd} is a terminal it is raw until the console is closed. */
    static TerminalBackend standard(int inFd, int outFd, Monitor monitor, int escape) throws IOException {
        RawMode raw = RawMode.enter(inFd);
        try {
            DescriptorConsole console = new DescriptorConsole("standard input and output", inFd, outFd, raw::leave);
            console.filterInput(monitor, escape);
            return console;
        } catch (IOException e) {
            raw.leave();
            throw e;
        }
    }

    private static TerminalBackend tcp(Console.Tcp tcp, Machine machine, String portLabel)
            throws ConfigurationException {
        InetSocketAddress address = new InetSocketAddress(tcp.address(), tcp.port());
        if (address.isUnresolved()) {
            throw new ConfigurationException("a console cannot listen on " + tcp.address() + ": unknown host name");
        }
        MachineConfig config = machine.config();
        String label = portLabel.equals("console") ? "Console" : portLabel;
        String greeting = """
                Connected to Dynamips VM "%s" (ID %d, type c%s) - %s port
                Press ENTER to get the prompt.
                """.formatted(config.name, config.instanceId, config.platform, label);
        return TcpConsole.listen(address, new TcpConsole.Manners(config.consoleGreeting ? greeting : null, config.name,
                () -> warning(machine), new Monitor(machine), config.consoleEscape));
    }

    /** What a client is told about a machine that would not answer, or null. */
    private static @Nullable String warning(Machine machine) {
        int status = switch (machine.state()) {
            case CREATED, RUNNING -> -1;
            case SUSPENDED -> 3;
            case STOPPED -> 0;
        };
        return status < 0
                ? null
                : "\n!!! WARNING - VM is not running, will be unresponsive (status=%d) !!!\n".formatted(status);
    }

    private static TerminalBackend serial(Console.Serial line) throws ConfigurationException {
        String settings = "%s:%d:%d:%c:%d".formatted(line.device(), line.baud(), line.dataBits(), line.parity(),
                line.stopBits());
        if (!Termios.isSpeed(line.baud()) || line.dataBits() < 5 || line.dataBits() > 8 || line.stopBits() < 1
                || line.stopBits() > 2 || "NOE".indexOf(Character.toUpperCase(line.parity())) < 0) {
            throw new ConfigurationException(settings
                    + " are no line settings; expected a standard speed, 5 to 8 bits, parity N, O or E, 1 or 2 stop bits");
        }
        try {
            return serialConsole(line);
        } catch (IOException e) {
            throw new ConfigurationException("the serial device %s cannot be used: %s".formatted(line.device(),
                    e.getMessage()), e);
        }
    }

    private static TerminalBackend serialConsole(Console.Serial line) throws IOException {
        int fd = HostTty.open(line.device());
        try {
            Termios before = HostTty.attributes(fd);
            HostTty.setAttributes(fd, before.serial(line));
            return new DescriptorConsole(line.device(), fd, fd, () -> {
                RawMode.restore(fd, before);
                HostTty.close(fd);
            });
        } catch (IOException e) {
            HostTty.close(fd);
            throw e;
        }
    }
}
