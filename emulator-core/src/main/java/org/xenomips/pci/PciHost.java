package org.xenomips.pci;

import org.jspecify.annotations.Nullable;

/**
 * Configuration cycles of one PCI root: finds the function a configuration address names.
 *
 * <p>Address layout: bits 23:16 bus, 15:11 device, 10:8 function, 7:0 register byte number; the enable bit is ignored.
 *
 * <p>Thread: machine thread.
 */
public final class PciHost {
    private final PciBus root;
    private int address;

    public PciHost(PciBus root) {
        this.root = root;
    }

    public PciBus root() {
        return root;
    }

    /** The configuration address register. */
    public int address() {
        return address;
    }

    public void setAddress(int value) {
        address = value;
    }

    /** Reads the selected register: all ones for the ids of an absent function, 0 for its other registers. */
    public int read() {
        PciFunction function = selected();
        int register = address & 0xff;
        if (function == null) {
            return register == 0 ? -1 : 0;
        }
        return register == 0 ? function.vendorDevice() : function.configRead(register);
    }

    /** Writes the selected register; nothing happens if the function is absent. */
    public void write(int value) {
        PciFunction function = selected();
        if (function != null && (address & 0xff) != 0) {
            function.configWrite(address & 0xff, value);
        }
    }

    private @Nullable PciFunction selected() {
        if ((address >> 8 & 7) != 0) {
            return null;
        }
        PciBus bus = findBus(address >> 16 & 0xff);
        return bus == null ? null : bus.function(address >> 11 & 0x1f);
    }

    private @Nullable PciBus findBus(int number) {
        PciBus bus = root;
        for (int depth = 0; depth < 16; depth++) {
            if (bus.number() == number) {
                return bus;
            }
            PciBus next = null;
            boolean claimed = false;
            for (PciBridge bridge : bus.bridges()) {
                if (bridge.claims(number, bus.number())) {
                    claimed = true;
                    next = bridge.secondary();
                    break;
                }
            }
            if (!claimed || next == null) {
                return null;
            }
            bus = next;
        }
        return null;
    }
}
