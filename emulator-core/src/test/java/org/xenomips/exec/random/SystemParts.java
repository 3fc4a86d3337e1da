package org.xenomips.exec.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Parts that need kernel mode: coprocessor 0, the TLB, interrupts, other modes. They stand in the main program only. */
final class SystemParts {
    /** Virtual pages mapped in turn by a global TLB entry; by one entry for each of two ASIDs; data mapped in turn. */
    static final int TURN = 0x4800_0000, BY_ASID = 0x4800_2000, DATA_TURN = 0xe800_0000;
    /** TLB entries of these. */
    static final int TURN_ENTRY = 2, ASID_ENTRY = 3, DATA_ENTRY = 5;
    /** TLB entries that TLBWR leaves alone. */
    static final int WIRED = 8;

    private static final int GLOBAL_VALID_DIRTY = 7;
    private static final int TURNS = 4;

    private final ProgramWriter writer;
    private final boolean timer;

    SystemParts(ProgramWriter writer, boolean timer) {
        this.writer = writer;
        this.timer = timer;
    }

    /** An EntryLo value; {@code flags} is a sum of G = 1, V = 2, D = 4. */
    static int lo(int physical, int flags) {
        return physical >>> 12 << 6 | 3 << 3 | flags;
    }

    /** One of these parts. {@code userCode} makes what is executed in user mode. */
    Part next(Supplier<List<Part>> userCode) {
        return switch (writer.below(14)) {
            case 0, 1 -> writer.part(status());
            case 2 -> writer.part(exceptionLevel());
            case 3 -> writer.part(reads());
            case 4 -> writer.part(timer && writer.once(2) ? idle() : interrupt());
            case 5, 6 -> writer.part(remapCode());
            case 7 -> writer.part(remapSelf());
            case 8 -> writer.part(remapData());
            case 9, 10 -> writer.part(addressSpace());
            case 11 -> writer.part(moves());
            default -> userMode(userCode);
        };
    }

    /** Lines that only every now and then do what {@code lines} do. */
    private List<String> rarely(List<String> lines, int mask) {
        String over = writer.label();
        var all = new ArrayList<String>(List.of("andi t8, s0, " + mask, "bne t8, zero, " + over, "nop"));
        all.addAll(lines);
        all.add(over + ":");
        return all;
    }

    private List<String> status() {
        // CU1, FR, KX, SX, UX, XX, IE, and interrupt masks
        String bits = writer.pick("0x20000000", "0x20000000", "0x04000000", "0x80", "0x40", "0x20", "0x80000000", "1",
                "0x1c00", "0x300");
        return rarely(List.of("mfc0 t8, $12", "li t9, " + bits, "xor t8, t8, t9", "mtc0 t8, $12", writer.simple(),
                writer.floating()), writer.once(2) ? 0 : 15);
    }

    /** Instructions under Status.EXL; then back to what was. */
    private List<String> exceptionLevel() {
        String line = writer.once(2) ? "sw t8, LINES(gp)" : "mfc0 t9, $14";
        return List.of("mfc0 t8, $12", "ori t9, t8, 2", "mtc0 t9, $12", line, plain(), plain(), "mtc0 t8, $12",
                plain());
    }

    /** An instruction that cannot fault, whatever Status says. */
    private String plain() {
        return "%s %s, %s, %s".formatted(writer.pick("addu", "daddu", "xor", "sltu"), writer.target(), writer.source(),
                writer.source());
    }

    private List<String> reads() {
        return switch (writer.below(6)) {
            case 0 -> List.of("mfc0 %s, $9".formatted(writer.target()));
            case 1 -> List.of("dmfc0 %s, $%d".formatted(writer.target(), 10 + 2 * writer.below(3)));
            case 2 ->
                List.of("mfc0 t8, $9", writer.simple(), "mfc0 t9, $9", "subu %s, t9, t8".formatted(writer.target()));
            case 3 -> List.of("mfc0 %s, $1".formatted(writer.target()));
            case 4 -> List.of("mfc0 %s, $13".formatted(writer.target()), "mfc0 %s, $8".formatted(writer.target()));
            default -> List.of("dmfc0 %s, $4".formatted(writer.target()), "dmfc0 %s, $20".formatted(writer.target()));
        };
    }

    private List<String> idle() {
        return rarely(List.of("mfc0 t8, $9", "addiu t8, t8, " + (20 + writer.below(3000)), "mtc0 t8, $11",
                writer.simple(), "wait", writer.simple()), 7);
    }

    private List<String> interrupt() {
        writer.cost += 40;
        return switch (writer.below(4)) {
            case 0 -> List.of("ori t8, zero, " + (4 << writer.below(5)), "sw t8, LINES(gp)", writer.simple());
            case 1 -> List.of("ori t8, zero, " + writer.pick("0x100", "0x200"), "mtc0 t8, $13", writer.simple());
            case 2 -> {
                String over = writer.label();
                yield List.of("ori t8, zero, 8", "b " + over, "sw t8, LINES(gp)", writer.simple(), over + ":",
                        writer.simple());
            }
            default -> rarely(List.of("sw zero, NMI(gp)", writer.simple()), 7);
        };
    }

    private List<String> moves() {
        return switch (writer.below(5)) {
            case 0 -> List.of("tlbp", "mfc0 %s, $0".formatted(writer.target()));
            case 1 ->
                List.of("cache 16, 0(s4)", "cache %d, 64(s5)".formatted(writer.pick("x", "xx").length() * 4 + 17));
            case 2 -> List.of("dmtc0 %s, $%d".formatted(writer.source(), 14 + 16 * writer.below(2)));
            case 3 -> List.of("mtc0 %s, $4".formatted(writer.source()), "dmtc0 %s, $20".formatted(writer.source()));
            default ->
                rarely(List.of("lw t9, 0(s4)", "andi t9, t9, 7", "mfc0 t8, $16", "srl t8, t8, 3", "sll t8, t8, 3",
                        "or t8, t8, t9", "mtc0 t8, $16"), 15);
        };
    }

    // The TLB

    /** A table of pairs of EntryLo values; its label. */
    private String pairs(int firstPage, int pages, boolean code) {
        String table = writer.label();
        var lines = new ArrayList<String>();
        lines.add(table + ":");
        for (int i = 0; i < 2 * TURNS; i++) {
            int flags = writer.once(code ? 12 : 5) ? writer.below(4) << 1 | 1 : GLOBAL_VALID_DIRTY;
            lines.add(".word " + lo(firstPage + 0x1000 * writer.below(pages), flags));
        }
        writer.tables.add(new Part.Construct(lines, List.of(), List.of(), false));
        return table;
    }

    /** Puts a pair of {@code table} into EntryLo0 and EntryLo1, and {@code address} with the current ASID into EntryHi. */
    private List<String> entry(String table, int index, int address) {
        var lines = new ArrayList<String>();
        lines.add("la t8, " + table);
        lines.add("andi t9, %s, 3".formatted(writer.pick("s0", "s1", "v0")));
        lines.add("sll t9, t9, 3");
        lines.add("addu t8, t8, t9");
        lines.add("lw t9, 0(t8)");
        lines.add("mtc0 t9, $2");
        lines.add("lw t9, 4(t8)");
        lines.add("mtc0 t9, $3");
        lines.add("mtc0 zero, $5");
        lines.add("ori t9, zero, " + index);
        lines.add("mtc0 t9, $0");
        lines.add("mfc0 t9, $10");
        lines.add("andi t9, t9, 0xff");
        lines.add("lui at, " + (address >>> 16));
        lines.add("or t9, t9, at");
        lines.add("mtc0 t9, $10");
        return lines;
    }

    private List<String> call(int address) {
        writer.cost += 40;
        return List.of("lui t9, " + (address >>> 16), "ori t9, t9, " + (address & 0xffff), "jalr t9", writer.simple());
    }

    private List<String> remapCode() {
        var lines = new ArrayList<>(entry(pairs(CodeParts.PAGES, CodeParts.PAGE_COUNT, true), TURN_ENTRY, TURN));
        lines.add("tlbwi");
        var all = new ArrayList<>(writer.once(2) ? rarely(lines, 3) : lines);
        all.addAll(call(TURN + writer.pick("a", "bb").length() % 2 * (CodeParts.CROSSING - CodeParts.FUNCTION)
                + CodeParts.FUNCTION));
        return all;
    }

    /** The page that is executed writes the TLB entry by which it is executed. */
    private List<String> remapSelf() {
        var lines = new ArrayList<>(entry(pairs(CodeParts.PAGES, CodeParts.PAGE_COUNT, true), TURN_ENTRY, TURN));
        lines.addAll(call(TURN + CodeParts.REMAPPING));
        return lines;
    }

    private List<String> remapData() {
        var lines = new ArrayList<>(entry(pairs(GuestRuntime.DATA, 4, false), DATA_ENTRY, DATA_TURN));
        lines.add("tlbwi");
        var all = new ArrayList<>(writer.once(2) ? rarely(lines, 3) : lines);
        all.add("lui t8, " + (DATA_TURN >>> 16));
        all.add("ori t8, t8, 0x1000");
        for (int i = writer.below(4); i >= 0; i--) {
            all.add(writer.access().replace("(s4)", "(t8)"));
        }
        return all;
    }

    private List<String> addressSpace() {
        var lines = new ArrayList<>(List.of("mfc0 t8, $10", "srl t8, t8, 8", "sll t8, t8, 8",
                "andi t9, %s, 1".formatted(writer.pick("s0", "s1", "v0")), "addiu t9, t9, 1", "or t8, t8, t9"));
        switch (writer.below(3)) {
            case 0 -> lines.addAll(call(BY_ASID + CodeParts.SWITCHING));
            case 1 -> {
                lines.add("mtc0 t8, $10");
                lines.addAll(call(BY_ASID + CodeParts.CROSSING));
            }
            default -> {
                lines.add("mtc0 t8, $10");
                lines.addAll(call(BY_ASID + CodeParts.FUNCTION));
            }
        }
        return lines;
    }

    // Other modes

    /** Executes what {@code code} makes in user or supervisor mode, at its address in kuseg. */
    private Part userMode(Supplier<List<Part>> code) {
        String user = writer.label();
        String back = writer.label();
        int mode = writer.once(4) ? 0x0a : 0x12;
        var head = List.of("move s7, sp", "dsll32 sp, sp, 3", "dsrl32 sp, sp, 3", "lui t8, 0x4000", "or sp, sp, t8",
                "move s4, s5", "la t9, " + user, "sll t9, t9, 3", "srl t9, t9, 3", "or t9, t9, t8", "mfc0 t8, $12",
                "ori t8, t8, " + (mode | (writer.once(2) ? 0x60 : 0)), "mtc0 t8, $12", "dmtc0 t9, $14", "eret",
                user + ":");
        var tail = List.of("syscall", "la t9, " + back, "jr t9", "nop", back + ":", "move sp, s7", "lui s4, 0x8010",
                "ori s4, s4, 0x1000", "mfc0 t8, $12", "ori t8, t8, 0x60", "xori t8, t8, 0x60", "mtc0 t8, $12");
        writer.cost += head.size() + tail.size() + 70;
        return new Part.Construct(head, code.get(), tail, true);
    }
}
