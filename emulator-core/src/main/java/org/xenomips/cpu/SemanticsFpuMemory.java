package org.xenomips.cpu;

import static org.xenomips.isa.Op.LDC1;
import static org.xenomips.isa.Op.LDXC1;
import static org.xenomips.isa.Op.LWC1;
import static org.xenomips.isa.Op.LWXC1;
import static org.xenomips.isa.Op.SDC1;
import static org.xenomips.isa.Op.SDXC1;
import static org.xenomips.isa.Op.SWC1;
import static org.xenomips.isa.Op.SWXC1;

/**
 * Loads and stores of floating-point registers. A loaded word leaves the other half of a register as it was.
 *
 * @see "MIPS IV Instruction Set, Revision 3.2, appendix B; MIPS64 Architecture For Programmers Volume II"
 */
public final class SemanticsFpuMemory {
    private SemanticsFpuMemory() {}

    /** Loads a word. */
    @Executes(LWC1)
    public static void lwc1(Cpu cpu, int ft, long base, long simm) {
        cpu.fpu().setWord(ft, (int) cpu.memory().load(base + simm, 4));
    }

    /** Loads a doubleword. */
    @Executes(LDC1)
    public static void ldc1(Cpu cpu, int ft, long base, long simm) {
        cpu.fpu().setDoubleword(ft, cpu.memory().load(base + simm, 8));
    }

    /** Stores a word. */
    @Executes(SWC1)
    public static void swc1(Cpu cpu, int ft, long base, long simm) {
        cpu.memory().store(base + simm, 4, cpu.fpu().word(ft));
    }

    /** Stores a doubleword. */
    @Executes(SDC1)
    public static void sdc1(Cpu cpu, int ft, long base, long simm) {
        cpu.memory().store(base + simm, 8, cpu.fpu().doubleword(ft));
    }

    /** Loads a word from the sum of two registers. */
    @Executes(LWXC1)
    public static void lwxc1(Cpu cpu, int fd, long base, long index) {
        cpu.fpu().setWord(fd, (int) cpu.memory().load(base + index, 4));
    }

    /** Loads a doubleword from the sum of two registers. */
    @Executes(LDXC1)
    public static void ldxc1(Cpu cpu, int fd, long base, long index) {
        cpu.fpu().setDoubleword(fd, cpu.memory().load(base + index, 8));
    }

    /** Stores a word at the sum of two registers. */
    @Executes(SWXC1)
    public static void swxc1(Cpu cpu, int fs, long base, long index) {
        cpu.memory().store(base + index, 4, cpu.fpu().word(fs));
    }

    /** Stores a doubleword at the sum of two registers. */
    @Executes(SDXC1)
    public static void sdxc1(Cpu cpu, int fs, long base, long index) {
        cpu.memory().store(base + index, 8, cpu.fpu().doubleword(fs));
    }
}
