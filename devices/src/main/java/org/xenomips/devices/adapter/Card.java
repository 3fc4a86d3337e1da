package org.xenomips.devices.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.devices.chipset.BitBucket;
import org.xenomips.devices.netio.PortReport;
import org.xenomips.devices.nic.NetworkController;
import org.xenomips.devices.nic.NicEnvironment;
import org.xenomips.devices.nic.PacketPath;
import org.xenomips.devices.nic.dec21140.Dec21140Device;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.net.FramePort;
import org.xenomips.net.NetworkLink;
import org.xenomips.pci.BarWindow;
import org.xenomips.pci.ConfigSpace;
import org.xenomips.pci.FixedFunction;
import org.xenomips.pci.PciFunction;

/**
 * A card in a slot: its PCI functions, and the links plugged into its ports.
 *
 * <p>Thread: machine thread.
 */
public final class Card implements Resettable, Snapshotable {
    private final CardType type;
    private final CardEnvironment environment;
    private final Map<Integer, PciFunction> functions = new TreeMap<>();
    private final List<NetworkController> controllers = new ArrayList<>();
    private final Map<Integer, NetworkLink> links = new TreeMap<>();
    /** Host ports plugged into ports without a data path, by port. */
    private final Map<Integer, FramePort> idlePorts = new TreeMap<>();

    /**
     * Puts a card into a slot. A chip whose PCI device number is taken on the slot's bus is left out, with a warning.
     *
     * @throws ConfigurationException if the card does not fit the slot
     */
    public Card(CardType type, CardEnvironment environment) throws ConfigurationException {
        type.requireFits(environment.slot());
        this.type = type;
        this.environment = environment;
        for (CardChip chip : type.chips()) {
            int device = chip.pciDevice() == CardChip.IO_ETHERNET
                    ? environment.ioEthernetDevice()
                    : chip.pciDevice();
            if (environment.bus().isFree(device)) {
                PciFunction function = create(chip);
                environment.bus().add(device, function);
                functions.put(device, function);
            } else {
                environment.machine()
                        .warn("%s in slot %d: PCI device %d is taken, one of its controllers is missing"
                                .formatted(type.cliName(), environment.slot(), device));
            }
        }
    }

    private PciFunction create(CardChip chip) {
        ChipModel model = chip.model();
        if (model == ChipModel.DEC21140) {
            NetworkController controller = new Dec21140Device(new NicEnvironment(
                    "slot %d port %d".formatted(environment.slot(), controllers.size()), environment.machine().memory(),
                    environment.interrupt().apply(chip.interruptPort()), environment.machine().timers(),
                    environment.machine().clock(), environment.byteSwap(), stationAddress(controllers.size())));
            controllers.add(controller);
            return controller;
        }
        if (model.barRegister() == 0) {
            return new FixedFunction(model.vendorDevice(), model.classRevision());
        }
        BarWindow window = BarWindow.of(environment.machine().memory(),
                "%s %s".formatted(type.cliName(), model), new BitBucket());
        return ConfigSpace.of(model.vendorDevice(), model.classRevision())
                .memoryBar(model.barRegister(), model.size(), model.bareLength(), window)
                .build();
    }

    /** From the block of addresses that belongs to the chassis: 16 per slot. */
    private byte[] stationAddress(int port) {
        byte[] mac = environment.chassisMac().clone();
        int low = (mac[4] & 0xff) << 8 | mac[5] & 0xff;
        low += environment.slot() * 16 + port;
        mac[4] = (byte) (low >> 8);
        mac[5] = (byte) low;
        return mac;
    }

    public CardType type() {
        return type;
    }

    /**
     * Plugs a host port into port {@code port}.
     *
     * @throws ConfigurationException if there is no such port or it is taken; {@code hostPort} is then still the
     *     caller's
     */
    public void connect(int port, FramePort hostPort) throws ConfigurationException {
        String place = "%s in slot %d".formatted(type.cliName(), environment.slot());
        if (port < 0 || port >= type.ports()) {
            throw new ConfigurationException("%s has no port %d; %s".formatted(place, port, type.ports() == 0
                    ? "it has no ports at all"
                    : type.ports() == 1 ? "its only port is 0" : "its ports are 0 to " + (type.ports() - 1)));
        }
        if (links.containsKey(port) || idlePorts.containsKey(port)) {
            FramePort other = links.containsKey(port) ? links.get(port).port() : idlePorts.get(port);
            throw new ConfigurationException("port %d of %s is already connected to %s".formatted(port, place,
                    other == null ? "another link" : other.name()));
        }
        if (port >= controllers.size()) {
            environment.machine().warn("%s carries no traffic; %s stays unused".formatted(place, hostPort.name()));
            idlePorts.put(port, hostPort);
            return;
        }
        NetworkController controller = controllers.get(port);
        NetworkLink link = new NetworkLink(hostPort, controller, environment.machine().attention());
        controller.connect(link);
        environment.machine().addEventSource(link);
        links.put(port, link);
    }

    /** The host port plugged into {@code port}, or null. */
    public @Nullable FramePort hostPort(int port) {
        NetworkLink link = links.get(port);
        return link != null ? link.port() : idlePorts.get(port);
    }

    /** What became of the frames that met the controller of {@code port}; null if the port carries no traffic. */
    public @Nullable PacketPath packetPath(int port) {
        return port >= 0 && port < controllers.size() ? controllers.get(port).packetPath() : null;
    }

    /** Adds link state and counters of each connected port. */
    public void describeConnections(StringBuilder out) {
        for (int port = 0; port < type.ports(); port++) {
            FramePort hostPort = hostPort(port);
            if (hostPort != null) {
                PacketPath path = packetPath(port);
                out.append("slot %d port %d: ".formatted(environment.slot(), port))
                        .append(PortReport.describe(hostPort))
                        .append(path == null ? "" : path.describe());
            }
        }
    }

    /** Unplugs {@code port} and closes the host port; does nothing if it is free. */
    public void disconnect(int port) {
        NetworkLink link = links.remove(port);
        if (link != null) {
            controllers.get(port).connect(null);
            environment.machine().removeEventSource(link);
            link.close();
        }
        FramePort idle = idlePorts.remove(port);
        if (idle != null) {
            idle.close();
        }
    }

    /** Unplugs all ports. */
    public void disconnectAll() {
        for (int port = 0; port < type.ports(); port++) {
            disconnect(port);
        }
    }

    /** Takes the card out of its slot: links, PCI functions, windows and interrupts disappear. */
    public void remove() {
        disconnectAll();
        for (PciFunction function : functions.values()) {
            environment.bus().remove(function);
            switch (function) {
                case NetworkController controller -> controller.remove();
                case ConfigSpace space -> space.removeWindows();
                default -> {
                }
            }
        }
        functions.clear();
        controllers.clear();
    }

    @Override
    public void reset() {
        for (PciFunction function : functions.values()) {
            function.reset();
        }
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putString("type", type.cliName());
        functions.forEach((device, function) -> out.section("device" + device, function));
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        for (Map.Entry<Integer, PciFunction> entry : functions.entrySet()) {
            in.section("device" + entry.getKey(), entry.getValue());
        }
    }

    /** Name of the card whose state was saved in {@code in}. */
    public static String savedType(SnapshotReader in) throws SnapshotException {
        return in.getString("type");
    }
}
