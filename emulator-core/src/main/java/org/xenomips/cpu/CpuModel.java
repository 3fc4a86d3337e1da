package org.xenomips.cpu;

import org.xenomips.isa.IsaLevel;

/**
 * The processors of the Cisco 7200's NPEs. PRId values are those the reference emulator reports, so that the guest's
 * {@code show version} agrees with it.
 *
 * @see "MIPS R4000 Microprocessor User's Manual, chapter 4; QED RM7000 User Manual, chapter 6"
 */
public enum CpuModel {
    R4600(0x2012, IsaLevel.MIPS3, 48, 100_000_000), R4700(0x2112, IsaLevel.MIPS3, 48, 150_000_000), R5000(0x2312,
            IsaLevel.MIPS4, 48, 200_000_000), R5271(0x2812, IsaLevel.RM52XX, 48, 262_000_000), RM7000(0x2721,
                    IsaLevel.RM7000, 64, 350_000_000), SB1(0x0004_0102, IsaLevel.MIPS64, 64, 700_000_000);

    private final int prid;
    private final IsaLevel isa;
    private final int tlbEntries;
    private final long hertz;

    CpuModel(int prid, IsaLevel isa, int tlbEntries, long hertz) {
        this.prid = prid;
        this.isa = isa;
        this.tlbEntries = tlbEntries;
        this.hertz = hertz;
    }

    /** Value of CP0 PRId. */
    public int prid() {
        return prid;
    }

    public IsaLevel isa() {
        return isa;
    }

    /** Number of TLB entry pairs. */
    public int tlbEntries() {
        return tlbEntries;
    }

    /** Default pipeline clock in Hz; Count runs at half of it. The board may set another. */
    public long hertz() {
        return hertz;
    }
}
