package org.xenomips.exec.random;

import java.util.ArrayList;
import java.util.List;

/** Parts that change instructions, and the pages that are mapped in turn at the same address. */
final class CodeParts {
    /** Physical address of the first of the pages with code that are mapped in turn; the others follow. */
    static final int PAGES = 0x6_0000;
    static final int PAGE_COUNT = 4;
    /** Where a page has a function; one that goes on on the next page; one that writes the TLB; one that changes the ASID. */
    static final int FUNCTION = 0x100, CROSSING = 0xfe0, REMAPPING = 0x200, SWITCHING = 0x280;

    private static final int ALTERNATIVES = 4;

    private final ProgramWriter writer;

    CodeParts(ProgramWriter writer) {
        this.writer = writer;
    }

    /** An instruction that other parts overwrite. */
    Part spot() {
        String label = writer.label();
        writer.spots.add(label);
        return writer.part(List.of(label + ":", writer.simple()));
    }

    /** Overwrites one of the instructions that follow, or one of a function, now and then. */
    Part patch() {
        var lines = new ArrayList<String>();
        String after = writer.label();
        if (writer.once(2)) {
            lines.add("andi t9, %s, %s".formatted(writer.pick("s0", "s1", "v0"), writer.pick("1", "7", "31", "127")));
            lines.add("bne t9, zero, " + after);
            lines.add("nop");
        } else {
            writer.cost += 20;
        }
        switch (writer.below(writer.spots.isEmpty() ? 5 : 7)) {
            case 0 -> immediate(lines);
            case 1 -> {
                String spot = writer.label();
                String taken = writer.label();
                word(lines, alternatives(false), spot);
                lines.addAll(List.of(writer.branch(taken, false), spot + ":", writer.simple(), writer.simple(),
                        taken + ":"));
            }
            case 2, 3, 4 -> {
                String spot = writer.label();
                word(lines, alternatives(false), spot);
                if (writer.once(2)) {
                    lines.add(writer.simple());
                }
                lines.addAll(List.of(spot + ":", writer.simple()));
            }
            default -> word(lines, alternatives(true), writer.spots.get(writer.below(writer.spots.size())));
        }
        lines.addAll(List.of(writer.simple(), writer.simple(), after + ":"));
        return writer.part(lines);
    }

    /** Stores a piece of an instruction, whose immediate operand it is. */
    private void immediate(List<String> lines) {
        String spot = writer.label();
        lines.addAll(List.of("la t8, " + spot, writer.pick("sb %s, 3(t8)", "sh %s, 2(t8)").formatted(writer.source())));
        lines.addAll(List.of(spot + ":", "%s %s, %s, 1".formatted(writer.pick("addiu", "ori", "daddiu", "slti"),
                writer.target(), writer.source())));
    }

    /** A table of instructions to put in place; its label. */
    private String alternatives(boolean plain) {
        String table = writer.label();
        var lines = new ArrayList<String>();
        lines.add(table + ":");
        for (int i = 0; i < ALTERNATIVES; i++) {
            lines.add(switch (plain ? 5 : writer.below(6)) {
                case 0 -> "beq %s, %s, .+%d".formatted(writer.source(), writer.source(), 8 + 4 * writer.below(2));
                case 1 -> writer.access();
                case 2 -> writer.fault();
                case 3 -> "addiu %s, %s, 1".formatted(writer.target(), writer.target());
                default -> writer.simple();
            });
        }
        writer.tables.add(new Part.Construct(lines, List.of(), List.of(), false));
        return table;
    }

    /** Stores a word of {@code table}, or a piece of it, to {@code spot} by any of its addresses. */
    private void word(List<String> lines, String table, String spot) {
        lines.add("la t8, " + table);
        lines.add("andi t9, %s, 3".formatted(writer.pick("s0", "s0", "s1", "v0", "a0")));
        lines.add("sll t9, t9, 2");
        lines.add("addu t8, t8, t9");
        lines.add("lw t9, 0(t8)");
        lines.add("la t8, " + spot);
        if (writer.once(2)) {
            // another access by the same address, which may share its check
            lines.add("lw at, %d(t8)".formatted(4 * (writer.below(5) - 2)));
        }
        switch (writer.below(10)) {
            case 8, 9 -> {
                lines.addAll(List.of("sll t8, t8, 3", "srl t8, t8, 3"));
                lines.add("lui at, " + writer.pick("0x9000", "0x9800", "0xa800"));
                lines.addAll(List.of("dsll32 at, at, 0", "or t8, t8, at", "sw t9, 0(t8)"));
            }
            case 0 -> lines.addAll(List.of("swl t9, 0(t8)", "swr t9, 3(t8)"));
            case 1 -> lines.addAll(List.of("ll at, 0(t8)", "sc t9, 0(t8)"));
            case 2 ->
                lines.addAll(List.of("sll t8, t8, 3", "srl t8, t8, 3", "sw t8, DMA_TARGET(gp)", "sw t9, DMA(gp)"));
            case 3 -> lines.addAll(List.of("lui at, 0x2000", "addu t8, t8, at", "sw t9, 0(t8)"));
            case 4, 5 -> {
                lines.addAll(List.of("sll t8, t8, 3", "srl t8, t8, 3"));
                lines.add("lui at, " + writer.pick("0x4000", "0xe000", "0x6000"));
                lines.addAll(List.of("or t8, t8, at", "sw t9, 0(t8)"));
            }
            default -> lines.add("sw t9, 0(t8)");
        }
    }

    /** A word among instructions that is data. */
    Part cell() {
        String cell = writer.label();
        String over = writer.label();
        var lines = new ArrayList<>(List.of("la t8, " + cell, "lw t9, 0(t8)", "addiu t9, t9, 1", "sw t9, 0(t8)"));
        if (writer.once(2)) {
            lines.addAll(List.of("b " + over, writer.simple(), cell + ":", ".word 0", over + ":"));
        } else {
            writer.tables.add(new Part.Construct(List.of(cell + ":", ".word 0"), List.of(), List.of(), false));
        }
        lines.add("addu %s, t9, zero".formatted(writer.target()));
        return writer.part(lines);
    }

    /** The pages that are mapped in turn, at their physical addresses; the program begins at label {@code start}. */
    List<Part> pages() {
        var parts = new ArrayList<Part>();
        for (int i = 0; i < PAGE_COUNT; i++) {
            String page = "page" + i;
            parts.add(new Part.Construct(List.of(".space start+0x%x-.".formatted(PAGES - 0x1_0000 + 0x1000 * i),
                    page + ":"), List.of(), List.of(), false));
            parts.add(leaf(writer.label(), 9, false));
            parts.add(at(page, FUNCTION));
            parts.add(leaf(writer.label(), 4 + writer.below(24), true));
            parts.add(at(page, REMAPPING));
            parts.add(Part.of(writer.simple(), "tlbwi"));
            parts.add(leaf(writer.label(), 6, false));
            parts.add(at(page, SWITCHING));
            parts.add(Part.of(writer.simple(), "mtc0 t8, $10"));
            parts.add(leaf(writer.label(), 6, false));
            parts.add(at(page, CROSSING));
            parts.add(crossing());
        }
        // what the last page crosses to
        parts.add(leaf(writer.label(), 12, false));
        return parts;
    }

    private static Part at(String page, int offset) {
        return new Part.Construct(List.of(".space %s+%d-.".formatted(page, offset)), List.of(), List.of(), false);
    }

    /** Seven instructions and one that is in the last place of its page, which may be a branch or jump. */
    private Part crossing() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            lines.add(once());
        }
        lines.add(switch (writer.below(4)) {
            case 0 -> "jr ra";
            case 1 -> "bgez %s, .+16".formatted(writer.source());
            case 2 -> "bltzl %s, .+12".formatted(writer.source());
            default -> writer.simple();
        });
        return new Part.Construct(lines, List.of(), List.of(), false);
    }

    private String once() {
        return writer.once(3) ? writer.access() : writer.simple();
    }

    /** A function without a frame that calls nothing. */
    private Part leaf(String name, int size, boolean loops) {
        var body = new ArrayList<Part>();
        for (int i = 0; i < size; i++) {
            body.add(writer.once(3) ? spot() : Part.of(once()));
        }
        if (loops) {
            String loop = writer.label();
            body.add(new Part.Construct(List.of("li t8, " + (1 + writer.below(6)), loop + ":"),
                    List.of(Part.of(once()), Part.of(once()), Part.of(once())),
                    List.of("addiu t8, t8, -1", "bgtz t8, " + loop, once()), true));
        }
        return new Part.Construct(List.of(name + ":"), body, List.of("jr ra", once(), "jr ra", "nop"), false);
    }
}
