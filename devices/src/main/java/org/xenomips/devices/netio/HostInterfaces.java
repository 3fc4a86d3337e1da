package org.xenomips.devices.netio;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.xenomips.devices.linux.Descriptor;
import org.xenomips.devices.linux.InterfaceControl;
import org.xenomips.devices.linux.NativeException;
import org.xenomips.devices.netio.pcap.PacketLibrary;

/** The host's network interfaces, for lists and for messages about wrong names. Stateless; thread: any. */
public final class HostInterfaces {
    private static final Path CLASS_NET = Path.of("/sys/class/net");
    /** What a driver's name means to a user. */
    private static final Map<String, String> DRIVERS = Map.of("xen-netfront", "Xen virtual network interface",
            "vif", "Xen virtual network interface", "virtio_net", "virtio network interface", "tun",
            "TAP or TUN device", "veth", "one end of a virtual Ethernet pair");

    private HostInterfaces() {}

    /** All interfaces, with or without addresses, up or down, by name. */
    public static List<HostInterface> list() {
        Map<String, String> descriptions = PacketLibrary.find().map(PacketLibrary::descriptions).orElse(Map.of());
        try {
            return Descriptor.supported() ? listLinux(descriptions) : listPortable(descriptions);
        } catch (IOException e) {
            HostPort.LOG.log(System.Logger.Level.WARNING, "the interfaces cannot be listed: {0}", e.getMessage());
            return List.of();
        }
    }

    private static List<HostInterface> listLinux(Map<String, String> descriptions) throws NativeException {
        List<HostInterface> result = new ArrayList<>();
        try (InterfaceControl control = new InterfaceControl()) {
            for (String name : InterfaceControl.names()) {
                int flags = control.flags(name);
                if (flags < 0) {
                    continue;
                }
                String described = descriptions.getOrDefault(name, "");
                boolean loopback = (flags & InterfaceControl.IFF_LOOPBACK) != 0;
                result.add(new HostInterface(name,
                        !described.isEmpty() ? described : loopback ? "Loopback device" : driver(name),
                        macText(control.mac(name)), (flags & InterfaceControl.IFF_UP) != 0,
                        (flags & InterfaceControl.IFF_UP) != 0 && (flags & InterfaceControl.IFF_RUNNING) != 0,
                        control.mtu(name)));
            }
        }
        return result;
    }

    /** The same with what the JDK offers: interfaces without addresses may be missing. */
    static List<HostInterface> listPortable(Map<String, String> descriptions) throws SocketException {
        List<HostInterface> result = new ArrayList<>();
        for (NetworkInterface i : NetworkInterface.networkInterfaces().toList()) {
            byte[] mac = i.getHardwareAddress();
            String display = Objects.requireNonNullElse(i.getDisplayName(), "");
            String fallback = display.equals(i.getName()) ? "" : display;
            result.add(new HostInterface(i.getName(), descriptions.getOrDefault(i.getName(), fallback),
                    mac == null ? "" : macText(mac), i.isUp(), i.isUp(), i.getMTU()));
        }
        return result;
    }

    private static String macText(byte[] mac) {
        return HexFormat.ofDelimiter(":").formatHex(mac);
    }

    /** What sysfs tells about an interface: its kind, or its driver. */
    private static String driver(String name) {
        Path directory = CLASS_NET.resolve(name);
        if (Files.isDirectory(directory.resolve("bridge"))) {
            return "bridge";
        }
        if (Files.exists(directory.resolve("tun_flags"))) {
            return "TAP or TUN device";
        }
        try {
            Path driver = directory.resolve("device/driver").toRealPath().getFileName();
            String driverName = driver == null ? "" : driver.toString();
            return DRIVERS.getOrDefault(driverName, "driver " + driverName);
        } catch (IOException e) {
            return "";
        }
    }

    /** {@code name} if an interface could have it. */
    static String requireName(String type, String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0) {
            throw new IllegalArgumentException(type + ": the interface name is missing");
        }
        if (bytes > InterfaceControl.NAME_BYTES) {
            throw new IllegalArgumentException(type + ": the interface name \"" + name + "\" is too long; Linux allows "
                    + InterfaceControl.NAME_BYTES + " characters");
        }
        if (name.chars().anyMatch(c -> c <= ' ' || c == '/' || c == ':')) {
            throw new IllegalArgumentException(
                    type + ": the interface name \"" + name + "\" has a character that Linux does not allow");
        }
        return name;
    }

    /** Says that {@code name} does not exist, and what does. */
    static IOException notFound(String port, String name) {
        return new IOException(port + ": there is no interface " + name + "; this host has: "
                + String.join(", ", InterfaceControl.names()));
    }

    static void requireLinux(String type) throws IOException {
        if (!Descriptor.supported()) {
            throw new IOException(type + ": this port type needs 64-bit Linux; udp and tcp work on every host");
        }
    }
}
