package org.xenomips.devices.chipset;

/**
 * The two system controllers of the Cisco 7200's MIPS NPEs, with the facts in which they differ.
 *
 * @see "Galileo GT-64010A and GT-64120A System Controller data sheets, chapter 'Register Tables'"
 */
public enum GtModel {
    /** One PCI root; NPE-100, NPE-150, NPE-200. */
    GT64010(0x0146_11ab, 0, 1, 0x080),
    /** Two PCI roots; NPE-175, NPE-225, NPE-300, NPE-400. */
    GT64120(0x4620_11ab, 0x0300_8005, 2, 0x100);

    private final int vendorDevice;
    private final int classRevision;
    private final int roots;
    private final int ras32Low;

    GtModel(int vendorDevice, int classRevision, int roots, int ras32Low) {
        this.vendorDevice = vendorDevice;
        this.classRevision = classRevision;
        this.roots = roots;
        this.ras32Low = ras32Low;
    }

    /** PCI ids: device in bits 31:16, vendor in bits 15:0. */
    public int vendorDevice() {
        return vendorDevice;
    }

    /** PCI register 0x08 as this platform's software knows it. */
    public int classRevision() {
        return classRevision;
    }

    /** Number of independent PCI buses with a configuration address register of their own, 1 or 2. */
    public int roots() {
        return roots;
    }

    /** Constant of the RAS[3:2] low decode register. */
    int ras32Low() {
        return ras32Low;
    }
}
