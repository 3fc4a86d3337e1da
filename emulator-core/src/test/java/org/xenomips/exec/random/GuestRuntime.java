package org.xenomips.exec.random;

import org.xenomips.cpu.Cp0;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.GuestMachine;

/**
 * What generated programs run on: a machine with handlers for everything that can happen, so that they go on whatever they do.
 *
 * <p>The handlers note each exception in a ring of {@value #NOTES_LENGTH} bytes and in a running hash. An instruction that faults is
 * skipped, with its branch if it is in a delay slot; a jump to where no instruction is returns to $ra; SYSCALL returns to kernel
 * mode; interrupts are acknowledged and Compare is advanced by {@code PERIOD}. After {@code LIMIT} exceptions the program goes to
 * {@code FINISH}. Addresses from 0x6000_0000 on are mapped to RAM on demand, 4 KB at a time. The handlers use $k0 and $k1.
 */
public final class GuestRuntime {
    /** Where programs have data: physical address and size. */
    public static final int DATA = 0x10_0000;
    public static final int DATA_LENGTH = 0x4000;
    /** The initial stack pointer, physical. */
    public static final int STACK = 0x1f_ff00;
    /** RAM that programs can reach. */
    public static final int REACH = 0x22_0000;
    /** What the handlers write, physical. */
    public static final int VARIABLES = 0x2000;
    public static final int NOTES_LENGTH = 0x1000;

    /** Names that programs may use. */
    public static final String SYMBOLS = """
            STOP = 0
            LOG = 8
            COUNTER = 16
            REGISTER = 24
            LINES = 32
            DMA = 40
            NMI = 48
            DMA_TARGET = 56
            LIMIT = 0x2008
            PERIOD = 0x2020
            FINISH = 0x2030
            """;

    private static final long VECTORS = 0xffff_ffff_8000_0000L;
    private static final long RESET_VECTOR = 0xffff_ffff_bfc0_0000L;
    private static final long BOOT_VECTORS = RESET_VECTOR + 0x200;
    private static final long GENERAL = VECTORS + 0x1000;
    private static final long REFILL = VECTORS + 0x1800;
    private static final int STATUS = 0x1000_0000;

    private static final String REFILL_SOURCE = """
                    dmfc0 k0, $8
                    dsrl  k0, k0, 25
                    xori  k0, k0, 0x30
                    bne   k0, zero, other
                    mfc0  k0, $8
                    srl   k0, k0, 13
                    sll   k0, k0, 20
                    srl   k0, k0, 13
                    ori   k0, k0, 0x1f
                    mtc0  k0, $2
                    addiu k0, k0, 0x40
                    mtc0  k0, $3
                    mtc0  zero, $5
                    tlbwr
                    eret
            other:  lui   k0, 0x8000
                    ori   k0, k0, 0x1000
                    jr    k0
                    nop
            """;

    private static final String GENERAL_SOURCE = SYMBOLS + """
                    lui   k0, 0x8000
                    sd    at, 0x2800(k0)
                    lw    at, 0x2000(k0)
                    addu  at, at, k0
                    sd    k1, 0x3000(at)
                    mfc0  k1, $13
                    sd    k1, 0x3008(at)
                    dmfc0 k1, $14
                    sd    k1, 0x3010(at)
                    dmfc0 k1, $8
                    sd    k1, 0x3018(at)
                    mfc0  k1, $12
                    sd    k1, 0x3020(at)
                    dmfc0 k1, $10
                    sd    k1, 0x3028(at)
                    dmfc0 k1, $4
                    sd    k1, 0x3030(at)
                    dmfc0 k1, $20
                    sd    k1, 0x3038(at)
                    addiu at, at, 64
                    andi  at, at, 0xfff
                    sw    at, 0x2000(k0)
                    ld    at, 0x2010(k0)
                    dsll  k1, at, 5
                    dsubu at, k1, at
                    dmfc0 k1, $14
                    daddu at, at, k1
                    mfc0  k1, $13
                    xor   at, at, k1
                    sd    at, 0x2010(k0)
                    andi  k1, k1, 0x7c
                    bne   k1, zero, fault
                    lui   k1, 0xbe00
                    sw    zero, LINES(k1)
                    mtc0  zero, $13
                    mfc0  k1, $9
                    lw    at, PERIOD(k0)
                    addu  k1, k1, at
                    mtc0  k1, $11
                    b     return
                    nop
            fault:  mfc0  k1, $13
                    andi  k1, k1, 0x7c
                    lw    at, LIMIT(k0)
                    addiu at, at, -1
                    bltz  at, finish
                    sw    at, LIMIT(k0)
                    xori  at, k1, 0x20
                    beq   at, zero, call
                    xori  at, k1, 0x18
                    beq   at, zero, lost
                    xori  at, k1, 0x08
                    beq   at, zero, fetch
                    xori  at, k1, 0x10
                    bne   at, zero, skip
                    nop
            fetch:  dmfc0 at, $14
                    dmfc0 k1, $8
                    beq   at, k1, lost
                    nop
            skip:   mfc0  k1, $13
                    dmfc0 at, $14
                    bgez  k1, alone
                    daddiu at, at, 4
                    daddiu at, at, 4
            alone:  dmtc0 at, $14
            return: ld    at, 0x2800(k0)
                    eret
            call:   mfc0  at, $12
                    ori   at, at, 0x18
                    xori  at, at, 0x18
                    b     skip
                    mtc0  at, $12
            finish: lw    k1, FINISH(k0)
                    b     kernel
                    dmtc0 k1, $14
            lost:   dmtc0 ra, $14
            kernel: mfc0  at, $12
                    ori   at, at, 0x18
                    xori  at, at, 0x18
                    b     return
                    mtc0  at, $12
            """;

    /** Non-maskable interrupts are counted; BEV and SR are cleared. */
    private static final String NON_MASKABLE = """
            lui   k0, 0x8000
            lw    k1, 0x2040(k0)
            addiu k1, k1, 1
            sw    k1, 0x2040(k0)
            mfc0  k0, $12
            li    k1, 0xffafffff
            and   k0, k0, k1
            mtc0  k0, $12
            eret
            """;

    private GuestRuntime() {}

    /** A machine that runs {@code program} next, with an engine of {@code factory}. */
    public static GuestMachine machine(ExecutionEngineFactory factory, GuestProgram program) {
        var machine = new GuestMachine(factory, program.model());
        machine.load(GENERAL_SOURCE, GENERAL);
        machine.load(REFILL_SOURCE, REFILL);
        for (int offset : new int[]{ 0, 0x80, 0x180, 0x200 }) {
            String handler = offset < 0x100 ? "0x1800" : "0x1000";
            String stub = "lui k0, 0x8000\nori k0, k0, " + handler + "\njr k0\n";
            machine.load(stub + "ori k1, zero, " + offset, VECTORS + offset);
            machine.load(stub + "ori k1, zero, " + (0x1000 + offset), BOOT_VECTORS + offset);
        }
        machine.load(NON_MASKABLE, RESET_VECTOR);
        for (int at = 0; at < DATA_LENGTH; at += 8) {
            machine.ram.write(DATA + at, 8, (at + 1) * 0x9e37_79b9_7f4a_7c15L >> (at >>> 3 & 63));
        }
        machine.cpu.cp0().write(Cp0.STATUS, 0, STATUS);
        byte[] bytes = program.assemble().bytes();
        machine.ram.write(GuestMachine.CODE & 0x1fff_ffff, bytes, 0, bytes.length);
        machine.cpu.setPc(GuestMachine.CODE);
        return machine;
    }
}
