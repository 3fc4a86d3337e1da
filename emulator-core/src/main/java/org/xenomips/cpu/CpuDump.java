package org.xenomips.cpu;

import java.io.IOException;

/** Text of a processor's state for people: debugger, crash reports. Thread: machine thread. */
final class CpuDump {
    private static final String[] GPR_NAMES = { "zr", "at", "v0", "v1", "a0", "a1", "a2", "a3", "t0", "t1", "t2", "t3",
            "t4",
            "t5", "t6", "t7", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "t8", "t9", "k0", "k1", "gp", "sp", "fp",
            "ra" };
    /** Names of CP0 registers whose reading changes nothing, with their numbers. */
    private static final Object[][] CP0_NAMES = { { "Index", Cp0.INDEX }, { "EntryLo0", Cp0.ENTRY_LO0 },
            { "EntryLo1", Cp0.ENTRY_LO1 }, { "Context", Cp0.CONTEXT }, { "PageMask", Cp0.PAGE_MASK },
            { "Wired", Cp0.WIRED },
            { "BadVAddr", Cp0.BAD_VADDR }, { "EntryHi", Cp0.ENTRY_HI }, { "Compare", Cp0.COMPARE },
            { "Status", Cp0.STATUS },
            { "Cause", Cp0.CAUSE }, { "EPC", Cp0.EPC }, { "PRId", Cp0.PRID }, { "Config", Cp0.CONFIG },
            { "LLAddr", Cp0.LL_ADDR }, { "XContext", Cp0.XCONTEXT }, { "ErrorEPC", Cp0.ERROR_EPC } };

    private CpuDump() {}

    /** General registers, HI, LO, pc and CP0, four and two to a line. */
    static void registers(Cpu cpu, Appendable out) throws IOException {
        for (int i = 0; i < 32; i++) {
            out.append("%s ($%2d): 0x%016x%s".formatted(GPR_NAMES[i], i, cpu.gpr(i), i % 4 == 3 ? "\n" : "   "));
        }
        out.append("lo: 0x%016x   hi: 0x%016x   pc: 0x%016x%n".formatted(cpu.lo(), cpu.hi(), cpu.pc()));
        int column = 0;
        for (Object[] register : CP0_NAMES) {
            out.append("%8s: 0x%016x%s".formatted(register[0], cpu.cp0().read((int) register[1], 0),
                    ++column % 4 == 0 ? "\n" : "   "));
        }
        out.append('\n');
    }

    /** The entries that map something. */
    static void tlb(Tlb tlb, Appendable out) throws IOException {
        for (int i = 0; i < tlb.size(); i++) {
            if (tlb.isWritten(i) && ((tlb.entryLo0(i) | tlb.entryLo1(i)) & Tlb.LO_V) != 0) {
                out.append("%2d: vaddr=0x%016x asid=0x%02x%s size=%d KB".formatted(i, tlb.base(i),
                        (int) tlb.entryHi(i) & 0xff, tlb.isGlobal(i) ? " G" : "  ", tlb.pageSize(i) >> 10));
                half(0, tlb.physical(i, tlb.entryLo0(i), 0), tlb.entryLo0(i), out);
                half(1, tlb.physical(i, tlb.entryLo1(i), 0), tlb.entryLo1(i), out);
                out.append('\n');
            }
        }
    }

    private static void half(int number, long physical, int lo, Appendable out) throws IOException {
        if ((lo & Tlb.LO_V) != 0) {
            out.append(
                    "   p%d=0x%09x C=%d%s".formatted(number, physical, lo >>> 3 & 7, (lo & Tlb.LO_D) != 0 ? " D" : ""));
        }
    }
}
