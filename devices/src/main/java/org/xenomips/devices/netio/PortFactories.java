package org.xenomips.devices.netio;

import java.io.IOException;
import java.util.List;
import org.xenomips.devices.netio.pcap.PacketFilter;
import org.xenomips.devices.netio.pcap.PacketLibrary;
import org.xenomips.net.FramePort;
import org.xenomips.net.PortFactory;

/** The port types of this package; each is found by the service loader. */
public final class PortFactories {
    private PortFactories() {}

    /** {@code null}. */
    public static final class Null implements PortFactory {
        @Override
        public String type() {
            return "null";
        }

        @Override
        public String parameters() {
            return "";
        }

        @Override
        public String description() {
            return "swallows what is sent; the link is up";
        }

        @Override
        public FramePort open(List<String> parameters) {
            Parameters.count(this, parameters, 0, 0);
            return new NullPort();
        }
    }

    /** {@code udp}. */
    public static final class Udp implements PortFactory {
        @Override
        public String type() {
            return "udp";
        }

        @Override
        public String parameters() {
            return "LOCALPORT:HOST:REMOTEPORT";
        }

        @Override
        public String description() {
            return "one UDP datagram per frame";
        }

        @Override
        public FramePort open(List<String> parameters) throws IOException {
            List<String> p = Parameters.count(this, parameters, 3, 3);
            return UdpPort.open(Parameters.portNumber(this, p.get(0), 0), Parameters.host(this, p.get(1)),
                    Parameters.portNumber(this, p.get(2), 1));
        }
    }

    /** {@code unix}. */
    public static final class Unix implements PortFactory {
        @Override
        public String type() {
            return "unix";
        }

        @Override
        public String parameters() {
            return "LOCALPATH:REMOTEPATH";
        }

        @Override
        public String description() {
            return "one UNIX datagram per frame";
        }

        @Override
        public FramePort open(List<String> parameters) throws IOException {
            List<String> p = Parameters.count(this, parameters, 2, 2);
            return UnixPort.open(p.get(0), p.get(1));
        }
    }

    /** {@code vde}. */
    public static final class Vde implements PortFactory {
        @Override
        public String type() {
            return "vde";
        }

        @Override
        public String parameters() {
            return "CONTROL:LOCALPATH";
        }

        @Override
        public String description() {
            return "a port of a VDE switch; CONTROL is its directory or its ctl socket";
        }

        @Override
        public FramePort open(List<String> parameters) throws IOException {
            List<String> p = Parameters.count(this, parameters, 2, 2);
            return VdePort.open(p.get(0), p.get(1));
        }
    }

    /** {@code tap}. */
    public static final class Tap implements PortFactory {
        @Override
        public String type() {
            return "tap";
        }

        @Override
        public String parameters() {
            return "INTERFACE";
        }

        @Override
        public String description() {
            return "a TAP device of the host; created and brought up if it does not exist";
        }

        @Override
        public FramePort open(List<String> parameters) throws IOException {
            String name = Parameters.count(this, parameters, 0, 1).isEmpty() ? "" : parameters.getFirst();
            return TapPort.open(name.isEmpty() ? name : HostInterfaces.requireName(type(), name));
        }
    }

    /** {@code tcp_cli}. */
    public static final class TcpClient implements PortFactory {
        @Override
        public String type() {
            return "tcp_cli";
        }

        @Override
        public String parameters() {
            return "HOST:PORT";
        }

        @Override
        public String description() {
            return "frames over a TCP connection to a server; connects again when it is lost";
        }

        @Override
        public FramePort open(List<String> parameters) throws IOException {
            List<String> p = Parameters.count(this, parameters, 2, 2);
            return TcpPort.connect(Parameters.host(this, p.get(0)), Parameters.portNumber(this, p.get(1), 1));
        }
    }

    /** {@code tcp_ser}. */
    public static final class TcpServer implements PortFactory {
        @Override
        public String type() {
            return "tcp_ser";
        }

        @Override
        public String parameters() {
            return "PORT";
        }

        @Override
        public String description() {
            return "frames over a TCP connection from one client; the link is down until it comes";
        }

        @Override
        public FramePort open(List<String> parameters) throws IOException {
            List<String> p = Parameters.count(this, parameters, 1, 1);
            return TcpPort.listen(Parameters.portNumber(this, p.get(0), 0));
        }
    }

    /** {@code linux_eth}. */
    public static final class LinuxEthernet implements PortFactory {
        private static final String OUTGOING = "outgoing";

        @Override
        public String type() {
            return "linux_eth";
        }

        @Override
        public String parameters() {
            return "INTERFACE[:outgoing]";
        }

        @Override
        public String description() {
            return "a network interface of the host; with \"outgoing\" also what this host sends on it";
        }

        @Override
        public FramePort open(List<String> parameters) throws IOException {
            List<String> p = Parameters.count(this, parameters, 1, 2);
            String name = HostInterfaces.requireName(type(), p.getFirst());
            if (p.size() == 2 && !p.get(1).equals(OUTGOING)) {
                throw new IllegalArgumentException(
                        "linux_eth: unknown option \"" + p.get(1) + "\"; expected " + OUTGOING);
            }
            return PacketPort.open(type() + ":" + name, name, p.size() == 2, null);
        }
    }

    /** {@code gen_eth}. */
    public static final class GenericEthernet implements PortFactory {
        @Override
        public String type() {
            return "gen_eth";
        }

        @Override
        public String parameters() {
            return "INTERFACE[:FILTER]";
        }

        @Override
        public String description() {
            return "a network interface of the host, optionally only frames that match a pcap filter";
        }

        @Override
        public FramePort open(List<String> parameters) throws IOException {
            Parameters.count(this, parameters, 1, Integer.MAX_VALUE);
            String name = HostInterfaces.requireName(type(), parameters.getFirst());
            // A filter may contain colons, at which the command line was split.
            String expression = String.join(":", parameters.subList(1, parameters.size()));
            PacketFilter filter = expression.isBlank()
                    ? null
                    : PacketLibrary.require("the filter of gen_eth").compile(expression, PcapWriter.EN10MB);
            return PacketPort.open(type() + ":" + name, name, false, filter);
        }
    }
}
