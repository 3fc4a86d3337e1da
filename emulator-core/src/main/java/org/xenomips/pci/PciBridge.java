package org.xenomips.pci;

import org.jspecify.annotations.Nullable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;

/**
 * A PCI-to-PCI bridge as this platform's software sees one: ids, class, and the bus number register 0x18; everything else reads
 * 0 and ignores writes. Nothing is reachable behind it until the bus numbers were programmed.
 *
 * @see "DEC 21050/21150 PCI-to-PCI Bridge Data Sheet, chapter 'Configuration Space Registers'"
 */
public final class PciBridge implements PciFunction {
    private static final int CLASS_REVISION = 0x08;
    private static final int BUS_NUMBERS = 0x18;
    private static final int CLASS_PCI_BRIDGE = 0x0604_0000;

    private final int vendorDevice;
    private final @Nullable PciBus secondary;
    private final boolean selfProgramming;
    private int busNumbers;

    private PciBridge(int vendorDevice, @Nullable PciBus secondary, boolean selfProgramming) {
        this.vendorDevice = vendorDevice;
        this.secondary = secondary;
        this.selfProgramming = selfProgramming;
    }

    /** A bridge with ids {@code vendorDevice}; {@code secondary} may be null for a bridge that leads nowhere. */
    public static PciBridge of(int vendorDevice, @Nullable PciBus secondary) {
        return new PciBridge(vendorDevice, secondary, false);
    }

    /**
     * A bridge without a function of its own: the first look-up that passes it with a bus number other than its primary bus's
     * makes that number its secondary bus.
     */
    public static PciBridge hidden(PciBus secondary) {
        return new PciBridge(0, secondary, true);
    }

    /** True when {@code bus} (0..255) lies in the bridge's range of bus numbers. */
    boolean claims(int bus, int primaryNumber) {
        if (selfProgramming && busNumbers == 0 && bus != primaryNumber) {
            program(bus << 16 | bus << 8 | primaryNumber);
        }
        int first = busNumbers >> 8 & 0xff;
        int last = busNumbers >> 16 & 0xff;
        return busNumbers != 0 && bus >= first && bus <= last;
    }

    /** The bus behind the bridge, programmed or not. */
    public @Nullable PciBus secondary() {
        return secondary;
    }

    @Override
    public int vendorDevice() {
        return vendorDevice;
    }

    @Override
    public int configRead(int register) {
        return switch (register) {
            case CLASS_REVISION -> CLASS_PCI_BRIDGE;
            case BUS_NUMBERS -> busNumbers;
            default -> 0;
        };
    }

    @Override
    public void configWrite(int register, int value) {
        if (register == BUS_NUMBERS) {
            program(value);
        }
    }

    private void program(int value) {
        busNumbers = value;
        if (secondary != null) {
            secondary.setNumber(value >> 8 & 0xff);
        }
    }

    @Override
    public void reset() {
        program(0);
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putInt("busNumbers", busNumbers);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        program(in.getInt("busNumbers"));
    }
}
