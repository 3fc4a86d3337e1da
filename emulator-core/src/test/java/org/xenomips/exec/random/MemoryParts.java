package org.xenomips.exec.random;

import java.util.ArrayList;
import java.util.List;

/** Parts that load and store: through all kinds of addresses, the device included. */
final class MemoryParts {
    private final ProgramWriter writer;

    MemoryParts(ProgramWriter writer) {
        this.writer = writer;
    }

    /** An access to memory; {@code kernel} where all addresses may be used. */
    Part access(boolean kernel) {
        var lines = new ArrayList<String>();
        switch (writer.below(15)) {
            case 0, 1 -> indexed(lines);
            case 12, 13, 14 -> group(lines, kernel);
            case 2 -> lines.add(moved(writer.access(), "s5"));
            case 3 -> elsewhere(lines, kernel);
            case 4 -> unaligned(lines);
            case 5 -> linked(lines);
            case 6 -> pointer(lines);
            default -> {
                for (int i = writer.below(4); i >= 0; i--) {
                    lines.add(writer.access());
                }
            }
        }
        return writer.part(lines);
    }

    /** {@code access} through {@code base} instead of $s4. */
    private static String moved(String access, String base) {
        return access.replace("(s4)", "(" + base + ")");
    }

    private void indexed(List<String> lines) {
        lines.add("andi t8, %s, %s".formatted(writer.source(), writer.pick("0x1f8", "0x3f8", "0x7f8")));
        lines.add("%s t8, t8, %s".formatted(writer.pick("addu", "daddu"), writer.pick("s4", "s5")));
        lines.add(moved(writer.access(), "t8"));
    }

    /** The same memory at other addresses: kseg1, kseg3, kuseg on demand, xkphys. */
    private void elsewhere(List<String> lines, boolean kernel) {
        int which = writer.below(kernel ? 6 : 2);
        int page = 0x10_0000 + 0x1000 * writer.below(4);
        switch (which) {
            case 0 -> lines.add("li t8, " + (0x6000_0000L + page));
            case 1 -> {
                // every page of RAM that nobody else uses, so that the TLB overflows
                lines.add("andi t8, %s, 0x1ff".formatted(writer.source()));
                lines.add("sll t8, t8, 12");
                lines.add("lui t9, 0x6080");
                lines.add("addu t8, t8, t9");
                lines.add("lw %s, 0(t8)".formatted(writer.target()));
                return;
            }
            case 2 -> lines.add("li t8, " + (0xa000_0000L + page));
            case 3 -> lines.add("li t8, " + (0xe000_0000L + page));
            default -> xkphys(lines, page);
        }
        lines.add(moved(writer.access(), "t8"));
        if (writer.once(2)) {
            lines.add(moved(writer.access(), "t8"));
        }
    }

    /** Puts the address in xkphys of {@code physical} into $t8, seldom one with a reserved bit or beyond the memory. */
    private void xkphys(List<String> lines, int physical) {
        lines.add(
                "lui t8, 0x%x".formatted(0x8000 | writer.below(8) << 11 | (writer.once(20) ? writer.below(0x7ff) : 0)));
        if (writer.once(20)) {
            lines.add("ori t8, t8, 0x%x".formatted(1 << writer.below(16)));
        }
        writer.cost += 30;
        lines.add("dsll32 t8, t8, 0");
        lines.add("li t9, 0x%x".formatted(writer.once(20) ? physical | 1 << 24 + writer.below(7) : physical));
        lines.add("or t8, t8, t9");
    }

    /** Several accesses by one address, which may be near the end of a page, misaligned, or among instructions, and change. */
    private void group(List<String> lines, boolean kernel) {
        switch (writer.below(kernel ? 7 : 2)) {
            case 5, 6 -> xkphys(lines, GuestRuntime.DATA + 0x1000 * (1 + writer.below(2)));
            case 0 -> lines.add("or t8, s4, zero");
            case 1 -> lines.add("or t8, s5, zero");
            case 2, 3 -> {
                // two pages that do not follow each other in memory
                lines.add("lui t8, 0xe800");
                lines.add("ori t8, t8, 0x1000");
            }
            default -> {
                String space = writer.label();
                writer.tables.add(new Part.Construct(List.of(".space 256", space + ":", ".space 256"), List.of(),
                        List.of(), false));
                lines.add("la t8, " + space);
            }
        }
        lines.add("andi t9, %s, %s".formatted(writer.source(), writer.pick("0x18", "0x38", "0x1c", "0x38", "0x3f")));
        lines.add("%s t8, t8, t9".formatted(writer.pick("addu", "subu", "daddu", "dsubu")));
        for (int i = 1 + writer.below(6); i >= 0; i--) {
            int offset = 8 * (writer.below(12) - 6);
            lines.add(switch (writer.below(12)) {
                case 0 -> "addiu t8, t8, %d".formatted(8 * (writer.below(8) - 4));
                case 1 -> writer.simple();
                case 2, 3, 4 -> "%s %s, %d(t8)".formatted(writer.pick("lw", "lh", "lbu", "lhu", "lb", "ld", "lwu"),
                        writer.target(), offset);
                case 5, 6, 7 -> "%s %s, %d(t8)".formatted(writer.pick("sw", "sh", "sb", "sd"), writer.source(), offset);
                case 8 -> "%s %s, %d(t8)".formatted(writer.pick("lwl", "lwr", "ldl", "sdr", "swl", "swr"),
                        writer.target(), offset + writer.below(8));
                default -> "%s %s, %d(t8)".formatted(writer.pick("lw", "sw"), writer.target(), offset + 4);
            });
        }
    }

    private void unaligned(List<String> lines) {
        int offset = writer.below(32) - 16;
        String register = writer.target();
        switch (writer.below(4)) {
            case 0 -> lines.addAll(List.of("lwl %s, %d(s4)".formatted(register, offset),
                    "lwr %s, %d(s4)".formatted(register, offset + 3)));
            case 1 -> lines.addAll(List.of("swl %s, %d(s4)".formatted(register, offset),
                    "swr %s, %d(s4)".formatted(register, offset + 3)));
            case 2 -> lines.addAll(List.of("ldl %s, %d(s4)".formatted(register, offset),
                    "ldr %s, %d(s4)".formatted(register, offset + 7)));
            default -> lines.addAll(List.of("sdl %s, %d(s4)".formatted(register, offset),
                    "sdr %s, %d(s4)".formatted(register, offset + 7)));
        }
    }

    private void linked(List<String> lines) {
        boolean wide = writer.once(2);
        int offset = 8 * writer.below(16);
        lines.add("%s t8, %d(s4)".formatted(wide ? "lld" : "ll", offset));
        lines.add("daddiu t8, t8, " + (1 + writer.below(9)));
        switch (writer.below(8)) {
            case 0 -> lines.add(writer.fault());
            case 1 -> lines.add("sync");
            case 2 -> lines.add("sw t8, %d(s5)".formatted(offset));
            default -> {
                // undisturbed
            }
        }
        lines.add("%s t8, %d(%s)".formatted(wide ? "scd" : "sc", writer.once(8) ? offset + 64 : offset,
                writer.pick("s4", "s5")));
        lines.add("addu %s, t8, %s".formatted(writer.target(), writer.source()));
    }

    /** Addresses that are right in 32 bits and wrong in 64, or the other way round. */
    private void pointer(List<String> lines) {
        String data = moved(writer.access(), "t8");
        switch (writer.below(6)) {
            case 0 -> {
                lines.add("dsll32 t8, s4, 0");
                lines.add("dsrl32 t8, t8, 0");
                if (writer.once(3)) {
                    lines.add("addiu t8, t8, 0");
                } else {
                    writer.cost += 60;
                }
                lines.add(data);
            }
            case 1 -> {
                // the sum is no word; if it were, it would be a page that is always accessible
                lines.add("lui t8, 0x7fff");
                lines.add("ori t8, t8, 0xf000");
                lines.add("%s %s, 0x%x(t8)".formatted(writer.pick("lw", "lw", "lbu", "sw", "ld"), writer.target(),
                        0x3200 + 8 * writer.below(16)));
                writer.cost += 60;
            }
            case 2 -> {
                lines.add("sw s4, 1024(s4)");
                lines.add("%s t8, 1024(s4)".formatted(writer.pick("lw", "lwu")));
                lines.add(data);
                writer.cost += 30;
            }
            case 3 -> {
                lines.add("sd s4, 1032(s4)");
                lines.add("ld t8, 1032(s4)");
                lines.add(data);
            }
            case 4 -> {
                lines.add("daddu t8, s4, zero");
                lines.add("sltu t9, %s, %s".formatted(writer.source(), writer.source()));
                lines.add("dsll32 t9, t9, " + writer.below(20));
                lines.add("daddu t8, t8, t9");
                lines.add(data);
                writer.cost += 30;
            }
            default -> {
                lines.add("lui t8, 0x8010");
                lines.add("addiu t8, t8, 0x1000");
                lines.add(data);
            }
        }
    }

    /** An access to the device. */
    Part device() {
        var lines = new ArrayList<String>();
        switch (writer.below(8)) {
            case 0, 1 ->
                lines.add("%s %s, COUNTER(gp)".formatted(writer.pick("lw", "lbu", "lwu", "ld"), writer.target()));
            case 2 -> lines.add("%s %s, LOG(gp)".formatted(writer.pick("sw", "sd", "sb"), writer.source()));
            case 3 -> lines.add("lw %s, REGISTER(gp)".formatted(writer.target()));
            case 4 -> {
                xkphys(lines, 0x1e00_0000);
                lines.add("%s %s, COUNTER(t8)".formatted(writer.pick("lw", "lwu", "ld"), writer.target()));
                lines.add("%s %s, LOG(t8)".formatted(writer.pick("sw", "sd"), writer.source()));
            }
            case 5 -> lines.addAll(List.of("lw t8, COUNTER(gp)", "sw t8, LOG(gp)"));
            default -> {
                String loop = writer.label();
                writer.cost += 20;
                lines.addAll(List.of(loop + ":", "lw t8, COUNTER(gp)", "andi t8, t8, 3",
                        "bne t8, zero, " + loop, writer.slot(false)));
            }
        }
        return writer.part(lines);
    }
}
