package org.xenomips.devices.adapter;

/**
 * The chips found on cards, as PCI functions. Ids, class and decode length in bare mode are those guests of this
 * platform expect; true sizes are the chips' own.
 */
enum ChipModel {
    /** DEC 21140 Fast Ethernet; the one chip with a data path. */
    DEC21140(0x0009_1011, 0x0200_0011, 0x14, 0x80, 0x2_0000),
    /** Intel 82543GC Gigabit Ethernet. */
    I82543(0x1001_8086, 0x0200_0003, 0x10, 0x2_0000, 0x1_0000),
    /** AMD Am79C971 Ethernet. */
    AM79C971(0x2000_1022, 0x0200_0002, 0x14, 0x20, 0x4000),
    /** Cisco "Mueslix" controller for four serial lines. */
    MUESLIX(0x0001_1137, 0x0280_0001, 0x10, 0x4000, 0x4000),
    /** TI TNETA1570 ATM segmentation and reassembly. */
    TI1570(0xa001_104c, 0, 0x10, 0x20_0000, 0x20_0000),
    /** PLX 9060ES local bus bridge; its window is never used. */
    PLX9060ES(0x906e_10b5, 0, 0, 0, 0),
    /** PLX 9060 local bus bridge. */
    PLX9060(0x9060_10b5, 0, 0x10, 0x1000, 0x1000),
    /** PLX 9054 local bus bridge. */
    PLX9054(0x9054_10b5, 0, 0x10, 0x1000, 0x1000),
    /** The anonymous function of PA-POS-OC3 that carries its interrupt. */
    POS_FRAMER(0, 0, 0x10, 0x1_0000, 0x1_0000),
    /** Siemens Munich32 behind a Xilinx bridge. */
    MUNICH32(0x4013_10ee, 0, 0x10, 0x80_0000, 0x80_0000),
    /** PMC PM7380 FREEDM; its window is never mapped. */
    PM7380(0x7380_11f8, 0, 0, 0, 0);

    private final int vendorDevice;
    private final int classRevision;
    private final int barRegister;
    private final int size;
    private final int bareLength;

    ChipModel(int vendorDevice, int classRevision, int barRegister, int size, int bareLength) {
        this.vendorDevice = vendorDevice;
        this.classRevision = classRevision;
        this.barRegister = barRegister;
        this.size = size;
        this.bareLength = bareLength;
    }

    int vendorDevice() {
        return vendorDevice;
    }

    int classRevision() {
        return classRevision;
    }

    /** Configuration register of the memory window, 0 = the chip has none. */
    int barRegister() {
        return barRegister;
    }

    /** True size of the window in bytes. */
    int size() {
        return size;
    }

    /** Decode length in bytes for software that never asks for the size. */
    int bareLength() {
        return bareLength;
    }
}
