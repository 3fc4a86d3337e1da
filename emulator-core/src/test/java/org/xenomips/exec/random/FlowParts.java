package org.xenomips.exec.random;

import java.util.ArrayList;
import java.util.List;

/** Branches, loops, calls and switches around other parts. */
final class FlowParts {
    /** Where parts stand and what they may do there. */
    enum Place {
        /** In the main program, in kernel mode. */
        MAIN,
        /** In a function, which is called in all modes and at all addresses. */
        FUNCTION,
        /** In user mode. */
        USER
    }

    private static final int COUNTERS = 3;

    private final ProgramWriter writer;
    private final MemoryParts memory;
    private final CodeParts code;
    private final SystemParts system;
    /** Names of functions that may be called, and what a call costs. */
    private final List<String> functions = new ArrayList<>();
    private final List<Double> costs = new ArrayList<>();
    /** Most instructions that one loop may execute. */
    private double longest = 400;

    FlowParts(ProgramWriter writer, CodeParts code, SystemParts system) {
        this.writer = writer;
        this.memory = new MemoryParts(writer);
        this.code = code;
        this.system = system;
    }

    void addFunction(String name, double cost) {
        functions.add(name);
        costs.add(cost);
    }

    /** {@code count} parts inside of {@code depth} loops. */
    List<Part> parts(int count, int depth, Place place) {
        var parts = new ArrayList<Part>();
        for (int i = 0; i < count; i++) {
            parts.add(next(depth, place));
        }
        return parts;
    }

    private Part next(int depth, Place place) {
        boolean devices = place != Place.USER;
        int kind = writer.below(100);
        if (kind < 22) {
            return simple();
        } else if (kind < 36) {
            return memory.access(devices);
        } else if (kind < 48) {
            return writer.once(3) ? either(depth, place) : unless(depth, place);
        } else if (kind < 56) {
            return depth < COUNTERS ? loop(depth, place) : simple();
        } else if (kind < 66) {
            return call(place);
        } else if (kind < 70) {
            return choice(depth, place);
        } else if (kind < 73) {
            return writer.part(List.of(writer.trap()));
        } else if (kind < 78) {
            return writer.part(List.of(writer.floating(), writer.floating()));
        } else if (kind < 82) {
            return devices ? memory.device() : simple();
        } else if (kind < 84) {
            return intoSlot();
        } else if (kind < 92) {
            return place == Place.MAIN
                    ? system.next(() -> parts(1 + writer.below(4), depth, Place.USER))
                    : writer.part(List.of(writer.fault()));
        } else {
            return changingCode(place);
        }
    }

    private Part changingCode(Place place) {
        if (place == Place.USER) {
            return simple();
        }
        return switch (writer.below(4)) {
            case 0 -> code.spot();
            case 1 -> code.cell();
            default -> code.patch();
        };
    }

    private Part simple() {
        var lines = new ArrayList<String>();
        for (int i = writer.below(6); i >= 0; i--) {
            lines.add(writer.simple());
        }
        if (writer.once(2)) {
            // a wrong value is seen even if it is overwritten
            lines.addAll(writer.fold(writer.target()));
        }
        return writer.part(lines);
    }

    private Part construct(List<String> head, List<Part> body, List<String> tail) {
        writer.cost += head.size() + tail.size();
        return new Part.Construct(head, body, tail, true);
    }

    // Branches

    private Part unless(int depth, Place place) {
        String over = writer.label();
        List<String> head = List.of(writer.branch(over, true), writer.slot(place != Place.USER));
        return construct(head, parts(1 + writer.below(3), depth, place), List.of(over + ":"));
    }

    private Part either(int depth, Place place) {
        String other = writer.label();
        String end = writer.label();
        boolean devices = place != Place.USER;
        Part first = construct(List.of(writer.branch(other, true), writer.slot(devices)),
                parts(1 + writer.below(3), depth, place),
                List.of(writer.pick("b ", "j ") + end, writer.slot(devices), "b " + end, "nop"));
        List<Part> second = parts(1 + writer.below(2), depth, place);
        return new Part.Construct(List.of(),
                List.of(first, new Part.Construct(List.of(other + ":"), second, List.of(end + ":"), false)), List.of(),
                true);
    }

    /** A branch into the delay slot of another, or one that must not be where it is. */
    private Part intoSlot() {
        String second = writer.label();
        String end = writer.label();
        if (writer.once(6)) {
            writer.cost += 60;
            return writer
                    .part(List.of(writer.branch(end, false), writer.pick("b " + end, "jr t9", "eret"), writer.simple(),
                            end + ":"));
        }
        return writer.part(List.of(writer.branch(second + "+4", false), writer.simple(), writer.simple(), second + ":",
                writer.branch(end, false), writer.simple(), writer.simple(), end + ":"));
    }

    /** A jump through a table: by absolute addresses, or relative to where the code is executed. */
    private Part choice(int depth, Place place) {
        boolean relative = place != Place.MAIN && !writer.once(8);
        int cases = writer.once(2) ? 2 : 4;
        String end = writer.label();
        String table = writer.label();
        var labels = new ArrayList<String>();
        for (int i = 0; i < cases; i++) {
            labels.add(writer.label());
        }
        var head = new ArrayList<String>();
        head.add("andi t9, %s, %d".formatted(writer.pick("s0", "s1", "v0", "v1", "a1"), cases - 1));
        if (relative) {
            String here = writer.label();
            head.addAll(List.of("bal " + here, "sll t9, t9, 3", here + ":", "addu t8, ra, t9",
                    "addiu t8, t8, %s-%s".formatted(table, here), "jr t8", writer.simple(), "b " + end, "nop",
                    table + ":"));
            for (String label : labels) {
                head.addAll(List.of("b " + label, writer.simple()));
            }
        } else {
            head.addAll(List.of("sll t9, t9, 2", "la t8, " + table, "addu t8, t8, t9", "lw t9, 0(t8)", "jr t9",
                    writer.slot(false), "b " + end, "nop"));
            writer.tables.add(new Part.Construct(
                    List.of(table + ":", ".word " + String.join(", ", labels)), List.of(), List.of(), false));
        }
        var bodies = new ArrayList<Part>();
        for (String label : labels) {
            bodies.add(new Part.Construct(List.of(label + ":"), parts(1 + writer.below(2), depth, place),
                    List.of("b " + end, writer.slot(place != Place.USER), "b " + end, "nop"), false));
        }
        return construct(head, bodies, List.of(end + ":"));
    }

    // Loops

    private Part loop(int depth, Place place) {
        double before = writer.cost;
        writer.cost = 0;
        boolean outside = writer.wordsOnly;
        writer.wordsOnly |= writer.once(2);
        List<Part> body = parts(1 + writer.below(4), depth + 1, place);
        double once = writer.cost + 3;
        int most = (int) Math.clamp(longest / once, 1, 60);
        int count = 1 + writer.below(most);
        Part loop = loop("s" + depth, count, body, place, 64 + 8 * depth);
        writer.wordsOnly = outside;
        writer.cost = before + once * count;
        return loop;
    }

    /** Executes {@code body} {@code count} times, in one of the ways compilers and people write loops. */
    private Part loop(String counter, int count, List<Part> body, Place place, int frameOffset) {
        String start = writer.label();
        String end = writer.label();
        String slot = writer.slot(place != Place.USER);
        String decrement = "%s %s, %s, -1".formatted(writer.pick("addiu", "daddiu"), counter, counter);
        String set = "li %s, %d".formatted(counter, count);
        List<String> head = List.of(set, start + ":");
        return switch (writer.below(9)) {
            case 0 -> construct(head, body, List.of("bgtz %s, %s".formatted(counter, start), decrement));
            case 1 -> construct(head, body, List.of("bgtzl %s, %s".formatted(counter, start), decrement));
            case 2 -> construct(List.of(set, start + ":", "blez %s, %s".formatted(counter, end), slot), body,
                    List.of(writer.pick("j ", "b ") + start, decrement, end + ":"));
            case 3 -> construct(List.of("li %s, 0".formatted(counter), start + ":"), body,
                    List.of("addiu %s, %s, 1".formatted(counter, counter),
                            "%s t8, %s, %d".formatted(writer.pick("slti", "sltiu"), counter, count),
                            "bne t8, zero, " + start, slot));
            case 4 -> construct(List.of(set, "dsll32 %s, %s, 0".formatted(counter, counter), start + ":"), body,
                    List.of("ori t8, zero, 1", "dsll32 t8, t8, 0", "dsubu %s, %s, t8".formatted(counter, counter),
                            "bgtz %s, %s".formatted(counter, start), slot));
            case 5 -> construct(List.of("li t8, " + count, "sw t8, %d(sp)".formatted(frameOffset), start + ":"), body,
                    List.of("lw t8, %d(sp)".formatted(frameOffset), "addiu t8, t8, -1", "bgtz t8, " + start,
                            "sw t8, %d(sp)".formatted(frameOffset)));
            case 6 -> construct(List.of(set, "b " + end, start + ":", writer.simple()), body,
                    List.of(end + ":", decrement, "bgtz %s, %s".formatted(counter, start), slot));
            default -> construct(head, body, List.of(decrement,
                    "%s %s, %s".formatted(writer.pick("bgtz", "bgtzl", "bgtz"), counter, start), slot));
        };
    }

    /** A loop of the main program that becomes hot: about {@code instructions} in all. */
    Part hotLoop(int size, double instructions) {
        double before = writer.cost;
        writer.cost = 0;
        longest = 300;
        List<Part> body = new ArrayList<>(List.of(writer.part(writer.freshValues())));
        body.addAll(parts(size, 1, Place.MAIN));
        body.add(writer.part(writer.foldAll()));
        int count = (int) Math.clamp(instructions / (writer.cost + 3), 2, 3000);
        Part loop = loop("s0", count, body, Place.MAIN, 64);
        writer.cost = before + count * (writer.cost + 3);
        return loop;
    }

    // Calls

    private Part call(Place place) {
        if (functions.isEmpty()) {
            return simple();
        }
        int which = writer.below(functions.size());
        var lines = new ArrayList<>(List.of("li s6, " + (1 + writer.below(4))));
        double cost = costs.get(which);
        if (place == Place.USER || writer.once(2)) {
            lines.addAll(List.of("jal " + functions.get(which), writer.slot(place != Place.USER)));
        } else {
            cost = costs.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            lines.addAll(throughTable());
        }
        writer.cost += cost;
        return writer.part(lines);
    }

    /** Calls one of a table of functions, perhaps at another of its addresses. */
    private List<String> throughTable() {
        String table = writer.label();
        var names = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            names.add(functions.get(writer.below(functions.size())));
        }
        writer.tables.add(new Part.Construct(List.of(table + ":", ".word " + String.join(", ", names)), List.of(),
                List.of(), false));
        var lines = new ArrayList<>(
                List.of("la t8, " + table, "andi t9, %s, 3".formatted(writer.pick("s0", "s1", "v0")),
                        "sll t9, t9, 2", "addu t8, t8, t9", "lw t9, 0(t8)"));
        if (writer.once(3)) {
            lines.addAll(List.of("sll t9, t9, 3", "srl t9, t9, 3",
                    "lui t8, " + writer.pick("0xa000", "0x4000", "0xe000", "0x6000"),
                    "or t9, t9, t8"));
        } else if (writer.once(20)) {
            lines.add("ori t9, t9, " + writer.pick("1", "2"));
        }
        lines.addAll(List.of("jalr t9", writer.slot(true)));
        return lines;
    }

    /** A function with a frame; one that is {@code recursive} calls itself $s6 times. */
    Part function(String name, boolean recursive) {
        writer.cost = 0;
        longest = 150;
        writer.wordsOnly = writer.once(2);
        List<Part> body = new ArrayList<>(parts(2 + writer.below(5), 0, Place.FUNCTION));
        if (recursive) {
            String end = writer.label();
            body.add(new Part.Construct(List.of("blez s6, " + end, "nop", "addiu s6, s6, -1", "jal " + name,
                    writer.slot(false), end + ":"), List.of(), List.of(), true));
        }
        writer.wordsOnly = false;
        double cost = writer.cost + 22;
        addFunction(name, recursive ? 3.5 * cost : cost);
        var head = new ArrayList<String>();
        if (writer.once(2)) {
            // the function crosses a page boundary
            head.addAll(List.of(".align 12", ".space " + (4096 - 4 * (1 + writer.below(40)))));
        }
        head.addAll(List.of(name + ":", "daddiu sp, sp, -96", "sd ra, 0(sp)", "sd s0, 8(sp)", "sd s1, 16(sp)",
                "sd s2, 24(sp)", "sd s6, 32(sp)"));
        List<String> tail = List.of("ld s6, 32(sp)", "ld s2, 24(sp)", "ld s1, 16(sp)", "ld s0, 8(sp)", "ld ra, 0(sp)",
                "jr ra", "daddiu sp, sp, 96");
        return new Part.Construct(head, body, tail, false);
    }
}
