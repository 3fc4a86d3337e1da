package org.xenomips.exec.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xenomips.cpu.CpuModel;
import org.xenomips.cpu.OperandValues;

/**
 * Makes programs that execute some hundred thousand instructions in hot loops and functions and end: loops count, calls go to
 * functions made before or recur a counted number of times, and the handlers of {@link GuestRuntime} end a program that faults for
 * ever. The same seed makes the same program.
 */
public final class ProgramGenerator {
    private static final int KSEG0_ENTRY = 0, KSEG3_ENTRY = 1;
    private static final int MEGABYTE_PAGES = 0x1f_e000;
    private static final int PAGE = 0x1000;
    /** Status: addresses of 64 bits in kernel mode. */
    private static final int KX = 0x80;
    private static final long XKPHYS = 0x9800_0000_0000_0000L;

    private final Random random;
    private final CpuModel model;
    private final boolean timer;
    private final ProgramWriter writer;
    private final CodeParts code;
    private final FlowParts flow;

    private ProgramGenerator(long seed, boolean timer) {
        this.random = new Random(seed);
        this.timer = timer && random.nextInt(4) != 0;
        this.model = switch (random.nextInt(8)) {
            case 0 -> CpuModel.R4600;
            case 1 -> CpuModel.R5000;
            case 2 -> CpuModel.SB1;
            default -> CpuModel.RM7000;
        };
        this.writer = new ProgramWriter(random, model);
        this.code = new CodeParts(writer);
        this.flow = new FlowParts(writer, code, new SystemParts(writer, this.timer));
    }

    /** The program of {@code seed}; with {@code timer}, most are interrupted by Count and Compare. */
    public static LongProgram make(long seed, boolean timer) {
        var generator = new ProgramGenerator(seed, timer);
        return new LongProgram(seed, generator.model, generator.parts());
    }

    private List<Part> parts() {
        var functions = new ArrayList<Part>();
        int count = 3 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            functions.add(flow.function("f" + i, random.nextInt(4) == 0));
        }
        var parts = new ArrayList<Part>();
        parts.add(fixed("start:"));
        parts.addAll(prologue());
        int phases = 3 + random.nextInt(4);
        for (int i = 0; i < phases; i++) {
            parts.addAll(phase(i));
        }
        parts.add(fixed("la t9, begin" + phases, "jr t9", "nop", "begin%d:".formatted(phases), "lui gp, 0xbe00",
                "sw zero, STOP(gp)", "end:",
                "b end", "nop"));
        parts.addAll(functions);
        List<Part> pages = code.pages();
        parts.add(fixed(".align 3"));
        parts.addAll(writer.tables);
        parts.addAll(pages);
        return parts;
    }

    private static Part fixed(String... lines) {
        return new Part.Construct(List.of(lines), List.of(), List.of(), false);
    }

    /** Registers, variables of the handlers, TLB, Status. */
    private List<Part> prologue() {
        var parts = new ArrayList<Part>();
        int period = timer ? 60 + random.nextInt(random.nextBoolean() ? 400 : 6000) : 0x3fff_ffff;
        parts.add(fixed("lui gp, 0xbe00", "li s5, " + (0x4000_0000L + GuestRuntime.DATA + PAGE), "lui k0, 0x8000",
                "li t8, " + period, "sw t8, PERIOD(k0)", "li t8, " + SystemParts.WIRED, "mtc0 t8, $6"));
        for (int number : new int[]{ 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 30 }) {
            parts.add(Part.of("dli $%d, 0x%x".formatted(number, OperandValues.register(random))));
        }
        parts.add(fixed("dli s3, 0x%x".formatted(random.nextLong() | 1)));
        int data = GuestRuntime.DATA;
        int pages = CodeParts.PAGES;
        parts.add(entry(KSEG0_ENTRY, 0x4000_0001, MEGABYTE_PAGES, SystemParts.lo(0, 7), SystemParts.lo(0x10_0000, 7)));
        parts.add(entry(KSEG3_ENTRY, 0xe000_0001, MEGABYTE_PAGES, SystemParts.lo(0, 7), SystemParts.lo(0x10_0000, 7)));
        parts.add(entry(SystemParts.TURN_ENTRY, SystemParts.TURN | 1, 0, SystemParts.lo(pages, 7),
                SystemParts.lo(pages + PAGE, 7)));
        parts.add(entry(SystemParts.ASID_ENTRY, SystemParts.BY_ASID | 1, 0, SystemParts.lo(pages + PAGE, 6),
                SystemParts.lo(pages + 2 * PAGE, 6)));
        parts.add(entry(SystemParts.ASID_ENTRY + 1, SystemParts.BY_ASID | 2, 0, SystemParts.lo(pages + 3 * PAGE, 6),
                SystemParts.lo(pages, 6)));
        parts.add(entry(SystemParts.DATA_ENTRY, SystemParts.DATA_TURN | 1, 0,
                SystemParts.lo(data + 2 * PAGE, 7), SystemParts.lo(data, 7)));
        parts.add(fixed("li t8, 1", "mtc0 t8, $10"));
        if (timer) {
            parts.add(Part.of("mfc0 t8, $9", "addiu t8, t8, 1000", "mtc0 t8, $11"));
        }
        return parts;
    }

    private static Part entry(int index, int entryHi, int pageMask, int lo0, int lo1) {
        return fixed("li t8, " + index, "mtc0 t8, $0", "li t8, " + entryHi, "mtc0 t8, $10", "li t8, " + pageMask,
                "mtc0 t8, $5", "li t8, " + lo0, "mtc0 t8, $2", "li t8, " + lo1, "mtc0 t8, $3", "tlbwi");
    }

    /** Sets Status, goes to some address of the main program, and runs hot loops there. */
    private List<Part> phase(int number) {
        var parts = new ArrayList<Part>();
        int status = 0x1000_7f00 | (timer ? 0x8000 : 0) | (random.nextInt(8) != 0 ? 1 : 0)
                | (random.nextInt(6) != 0 ? 0x2000_0000 : 0) | (random.nextBoolean() ? 0x0400_0000 : 0)
                | (random.nextBoolean() ? KX : 0) | (random.nextBoolean() ? 0x8000_0000 : 0);
        boolean far = (status & KX) != 0;
        String data = far && random.nextInt(3) == 0
                ? "dli s4, 0x%x".formatted(XKPHYS | GuestRuntime.DATA + PAGE)
                : "li s4, " + (0x8000_0000L + GuestRuntime.DATA + PAGE);
        parts.add(fixed("begin%d:".formatted(number), "mtc0 zero, $12", "li sp, " + (0x8000_0000L + GuestRuntime.STACK),
                data, "lui k0, 0x8000", "la t8, begin" + (number + 1),
                "sw t8, FINISH(k0)", "li t8, 2000", "sw t8, LIMIT(k0)"));
        parts.add(Part.of("li t8, 0x%x".formatted(status), "mtc0 t8, $12"));
        String there = "phase" + number;
        String segment = switch (random.nextInt(6)) {
            case 0 -> "0xa000";
            case 1 -> "0x4000";
            case 2 -> "0xe000";
            default -> "0x8000";
        };
        parts.add(far && random.nextInt(8) == 0
                ? Part.of("la t9, " + there, "sll t9, t9, 3", "srl t9, t9, 3", "lui t8, 0x9800", "dsll32 t8, t8, 0",
                        "or t9, t9, t8", "jr t9", "nop", there + ":")
                : Part.of("la t9, " + there, "sll t9, t9, 3", "srl t9, t9, 3", "lui t8, " + segment, "or t9, t9, t8",
                        "jr t9", "nop", there + ":"));
        parts.addAll(flow.parts(random.nextInt(3), 0, FlowParts.Place.MAIN));
        parts.add(flow.hotLoop(2 + random.nextInt(7), 20_000 + random.nextInt(60_000)));
        return parts;
    }
}
