package org.xenomips.devices.platform;

import java.util.ArrayList;
import java.util.List;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.pci.PciBridge;
import org.xenomips.pci.PciBus;
import org.xenomips.pci.PciHost;

/**
 * The PCI roots, buses and bridges of one NPE in its midplane. Every slot has a bus of its own; bays 1, 3, 5 are
 * reached one way, bays 2, 4, 6 another. The bus of slot 7 (jacket card) exists but no bridge leads to it.
 *
 * <p>Thread: machine thread.
 */
final class PciTopology implements Resettable, Snapshotable {
    private static final int SLOTS = 8;

    private final Npe npe;
    private final List<PciHost> hosts = new ArrayList<>();
    private final List<PciBridge> bridges = new ArrayList<>();
    private final PciBus[] slots = new PciBus[SLOTS];
    /** What the bridges of bays 1, 3, 5 and of bays 2, 4, 6 sit on. */
    private final PciBus[] bayBuses = new PciBus[2];
    private final PciBus pcmcia;

    PciTopology(Npe npe, Midplane midplane) {
        this.npe = npe;
        for (int i = 0; i < npe.controller().roots(); i++) {
            hosts.add(new PciHost(new PciBus("root " + i)));
        }
        for (int slot = 1; slot < SLOTS; slot++) {
            slots[slot] = new PciBus("slot " + slot);
        }
        pcmcia = switch (npe.topology()) {
            case SINGLE_ROOT -> singleRoot(midplane);
            case TWO_ROOTS -> twoRoots(midplane);
            case TWO_ROOTS_BRIDGED -> twoRootsBridged(midplane);
        };
    }

    /** Returns the bus of the PCMCIA controller, as its siblings do. */
    private PciBus singleRoot(Midplane midplane) {
        PciBus root = root0();
        slots[0] = root;
        bridge(root, 1, PciBridge.of(npe.ioBridge(), null));
        bayBuses[0] = behindBridge(root, 2, "bays 1, 3, 5");
        bridge(root, 3, PciBridge.of(npe.ioBridge(), null));
        bayBuses[1] = behindBridge(root, 4, "bays 2, 4, 6");
        addBays(midplane, 1);
        return root;
    }

    private PciBus twoRoots(Midplane midplane) {
        slots[0] = behindBridge(root0(), 1, "slot 0");
        bayBuses[0] = root0();
        bayBuses[1] = hosts.get(1).root();
        addBays(midplane, 7);
        return behindHiddenBridge(slots[0]);
    }

    private PciBus twoRootsBridged(Midplane midplane) {
        slots[0] = behindBridge(root0(), 1, "slot 0");
        bayBuses[0] = behindBridge(root0(), 2, "bays 1, 3, 5");
        bayBuses[1] = behindBridge(hosts.get(1).root(), 1, "bays 2, 4, 6");
        addBays(midplane, 1);
        return behindHiddenBridge(slots[0]);
    }

    /**
     * Bridges to bays 1, 3, 5 on one bus and 2, 4, 6 on the other, at three device numbers from {@code firstDevice} on.
     */
    private void addBays(Midplane midplane, int firstDevice) {
        for (int bay = 1; bay <= 6; bay++) {
            bridge(bayBuses[(bay - 1) % 2], firstDevice + (bay - 1) / 2,
                    PciBridge.of(midplane.bayBridge(), slots[bay]));
        }
    }

    private PciBus behindBridge(PciBus primary, int device, String name) {
        PciBus secondary = new PciBus(name);
        bridge(primary, device, PciBridge.of(npe.ioBridge(), secondary));
        return secondary;
    }

    private PciBus behindHiddenBridge(PciBus primary) {
        PciBus secondary = new PciBus("PCMCIA");
        PciBridge bridge = PciBridge.hidden(secondary);
        primary.addHiddenBridge(bridge);
        bridges.add(bridge);
        return secondary;
    }

    private void bridge(PciBus primary, int device, PciBridge bridge) {
        primary.addBridge(device, bridge);
        bridges.add(bridge);
    }

    /** The roots as the system controller's configuration registers reach them. */
    List<PciHost> hosts() {
        return List.copyOf(hosts);
    }

    /** The bus of the system controller's own function. */
    PciBus root0() {
        return hosts.getFirst().root();
    }

    /** The bus of {@code slot} (0..7). */
    PciBus slot(int slot) {
        return slots[slot];
    }

    /** The bus of packet SRAM bank {@code bank} (0, 1). */
    PciBus sram(int bank) {
        return bayBuses[bank];
    }

    /** The bus of the PCMCIA controller. */
    PciBus pcmcia() {
        return pcmcia;
    }

    /** Device number of the PCMCIA controller on its bus. */
    int pcmciaDevice() {
        return npe.topology() == Npe.Topology.SINGLE_ROOT ? 5 : 16;
    }

    /** Device number of an I/O card's only Ethernet controller on the bus of slot 0. */
    int ioEthernetDevice() {
        return npe.topology() == Npe.Topology.SINGLE_ROOT ? 6 : 0;
    }

    @Override
    public void reset() {
        for (PciBridge bridge : bridges) {
            bridge.reset();
        }
    }

    @Override
    public void save(SnapshotWriter out) {
        for (int i = 0; i < bridges.size(); i++) {
            out.section("bridge" + i, bridges.get(i));
        }
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        for (int i = 0; i < bridges.size(); i++) {
            in.section("bridge" + i, bridges.get(i));
        }
    }
}
