package org.xenomips.pci;

import org.xenomips.device.Resettable;
import org.xenomips.device.Snapshotable;

/**
 * One PCI function: its configuration space as 32-bit registers in PCI (little-endian) order.
 *
 * <p>Thread: machine thread. Register 0 (ids) is answered from {@link #vendorDevice}.
 */
public interface PciFunction extends Resettable, Snapshotable {
    /** Device id in bits 31:16, vendor id in bits 15:0. */
    int vendorDevice();

    /** Reads the register at byte number {@code register} (1..255; the low two bits take part in the decode). */
    int configRead(int register);

    /** Writes the register at byte number {@code register}. */
    void configWrite(int register, int value);
}
