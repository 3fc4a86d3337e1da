package org.xenomips.cpu.interpreter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xenomips.isa.Op;
import org.xenomips.isa.Operand;
import org.xenomips.isa.Trait;

/**
 * Writes the two dispatch classes of the interpreter from the instruction table and the meanings: {@code HotLoop}, the loop that runs
 * the frequent instructions without leaving, and {@code Executor}, which executes any single instruction.
 *
 * <p>Run {@link #main} with the directory of the generated sources to bring them up to date.
 */
final class DispatchGenerator {
    /** Instructions the loop executes itself also in delay slots, the most frequent first. */
    static final List<Op> SLOT = List.of(Op.ADDIU, Op.ADDU, Op.DADDIU, Op.DADDU, Op.SUBU, Op.AND, Op.OR, Op.XOR,
            Op.ANDI,
            Op.ORI, Op.LUI, Op.SLL, Op.SRL, Op.SRA, Op.SLT, Op.SLTU, Op.SLTI, Op.SLTIU, Op.LW, Op.SW, Op.LD, Op.SD,
            Op.LBU, Op.SB, Op.LHU, Op.SH);
    /** Other instructions without control transfer that the loop executes itself. */
    static final List<Op> PLAIN = List.of(Op.XORI, Op.NOR, Op.DSUBU, Op.SLLV, Op.SRLV, Op.SRAV, Op.DSLL, Op.DSRL,
            Op.DSRA,
            Op.DSLL32, Op.DSRL32, Op.DSRA32, Op.DSLLV, Op.DSRLV, Op.DSRAV, Op.MOVZ, Op.MOVN, Op.MULT, Op.MULTU, Op.MUL,
            Op.MFHI, Op.MFLO, Op.MTHI, Op.MTLO, Op.LB, Op.LH, Op.LWU, Op.SYNC, Op.PREF);
    /** Control transfers that the loop executes itself. */
    static final List<Op> TRANSFERS = List.of(Op.BEQ, Op.BNE, Op.BLEZ, Op.BGTZ, Op.BLTZ, Op.BGEZ, Op.BEQL, Op.BNEL,
            Op.BLEZL,
            Op.BGTZL, Op.BLTZL, Op.BGEZL, Op.BGEZAL, Op.J, Op.JAL, Op.JR, Op.JALR);

    private static final int NOP = 1;
    private static final int PAGE_END = 2;
    private static final int FIRST = 3;

    private final Meanings meanings = new Meanings();
    private StringBuilder out = new StringBuilder();
    /** The registers an instruction reads are in local variables. */
    private boolean isFetched;

    private record Access(int size, String method, String convert) {
    }

    private static final Map<Op, Access> ACCESSES = Map.ofEntries(Map.entry(Op.LB, new Access(1, "getByte", "")),
            Map.entry(Op.LBU, new Access(1, "getByte", " & 0xff")), Map.entry(Op.LH, new Access(2, "getShort", "")),
            Map.entry(Op.LHU, new Access(2, "getShort", " & 0xffff")), Map.entry(Op.LW, new Access(4, "getInt", "")),
            Map.entry(Op.LWU, new Access(4, "getInt", " & 0xffff_ffffL")),
            Map.entry(Op.LD, new Access(8, "getLong", "")),
            Map.entry(Op.SB, new Access(1, "putByte", "(byte) ")),
            Map.entry(Op.SH, new Access(2, "putShort", "(short) ")),
            Map.entry(Op.SW, new Access(4, "putInt", "(int) ")), Map.entry(Op.SD, new Access(8, "putLong", "")));

    /** Brings the sources in the directory {@code args[0]} up to date. */
    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, String> file : new DispatchGenerator().files().entrySet()) {
            Files.writeString(Path.of(args[0], file.getKey()), file.getValue());
        }
    }

    /** File names and contents. */
    Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put("HotLoop.java", hotLoop());
        files.put("Executor.java", executor());
        return files;
    }

    private static List<Op> hot() {
        var all = new ArrayList<Op>(SLOT);
        all.addAll(PLAIN);
        all.addAll(TRANSFERS);
        return all;
    }

    private void header(String... imports) {
        out = new StringBuilder();
        line("// Generated from Op and the Semantics classes by DispatchGenerator; do not edit.");
        line("package org.xenomips.cpu.interpreter;");
        line("");
        for (String name : new TreeSet<>(List.of(imports))) {
            line("import " + name + ";");
        }
        line("");
        line("// @formatter:off");
    }

    /** What was written, without blanks at line ends and with single line breaks. */
    private String text() {
        return out.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    // HotLoop

    private String hotLoop() {
        var imports = new TreeSet<String>(
                List.of("org.xenomips.cpu.Cp0", "org.xenomips.cpu.Cpu", "org.xenomips.cpu.PageTables",
                        "org.xenomips.isa.Op", "org.xenomips.isa.Trait",
                        "org.xenomips.memory.HostMemory"));
        for (Op op : hot()) {
            if (!ACCESSES.containsKey(op) && !op.has(Trait.JUMP) && !isHint(op)) {
                imports.add("org.xenomips.cpu." + meanings.owner(op));
            }
        }
        header(imports.toArray(String[]::new));
        line("""
                /**
                 * The loop that executes the frequent instructions. It calls nothing that is not inlined: whatever needs more leaves the
                 * loop, is done by the engine, and enters it again.
                 *
                 * <p>A decoded instruction is a {@code long}: bits 63:48 the number this loop switches on (0 = not decoded yet), 47:38 the
                 * ordinal of the {@link Op}, 37:32 the place in {@link Cpu#registers} that is written, 31:0 the instruction word.
                 *
                 * <p>hot: one method below HotSpot's limit of 8,000 bytes of bytecode, registers of the loop in locals.
                 */
                final class HotLoop {
                    /** Number of an instruction that is not decoded. */
                    static final int UNDECODED = 0;
                    /** Number of an instruction that does nothing. */
                    static final int NOP = %d;
                    /** Number of what follows the last instruction of a page. */
                    static final int PAGE_END = %d;
                    /** Number of instructions the loop leaves to the engine. */
                    static final int SLOW = %d;
                    /** Number of a control transfer the loop leaves to the engine, which reports it. */
                    static final int PROFILED = SLOW + 1;
                    /** Bits of a number below the marks. */
                    static final int PLAIN = 0xff;
                    /** Mark, added to the number, of an instruction where something faster may go on; the loop leaves before it. */
                    static final int ENTRY = 0x100;
                    /** Mark of an instruction that may be the head of an idle loop; the loop leaves before it. */
                    static final int IDLE = 0x200;

                    private static final Op[] HOT = {"""
                .formatted(NOP, PAGE_END, FIRST + hot().size()));
        StringBuilder names = new StringBuilder("           ");
        for (Op op : hot()) {
            names.append(" Op.").append(op).append(',');
            if (names.length() > 110) {
                line(names.toString());
                names = new StringBuilder("           ");
            }
        }
        line(names.toString());
        line("""
                };
                private static final byte[] NUMBERS = numbers();

                private HotLoop() {}

                private static byte[] numbers() {
                    var numbers = new byte[Op.values().length];
                    java.util.Arrays.fill(numbers, (byte) SLOW);
                    for (int i = 0; i < HOT.length; i++) {
                        numbers[HOT[i].ordinal()] = (byte) (%d + i);
                    }
                    return numbers;
                }

                /** The instructions this loop executes. */
                static java.util.stream.Stream<Op> ops() {
                    return java.util.Arrays.stream(HOT);
                }

                /** True when this loop executes {@code op} also where it is {@link #PROFILED}, as long as reports are left out. */
                static boolean isSampled(Op op) {
                    return number(op) != SLOW && op != Op.JR && (op.has(Trait.BRANCH) || op.has(Trait.JUMP));
                }

                /** The number this loop switches on for {@code op}; {@link #SLOW} for most. */
                static int number(Op op) {
                    return NUMBERS[op.ordinal()];
                }

                /** Runs from {@code state} until something else must be done; the result says what, {@code state} says where. */
                @SuppressWarnings("LabelledBreakTarget") // hot: structured as the control flow that HotSpot compiles best
                static int run(LoopState state) {
                    final Cpu cpu = state.cpu;
                    final long[] r = state.registers;
                    final long[] read = state.read;
                    final long[] write = state.write;
                    final long[] tags = state.tags;
                    final long[][] pages = state.pages;
                    final long context = state.context;
                    long[] code = state.code;
                    long page = state.page;
                    int index = state.index;
                    int slot = state.slot;
                    int unreported = state.unreported;
                    int budget = state.slice.remaining;
                    int start = index;
                    long target = 0;
                    int exit;
                    loop: for (;;) {
                        transfer: {
                            long insn;
                            int word;
                            long rs;
                            long rt;
                            long result;
                            far: {"""
                .formatted(FIRST)
                .indent(4)
                .stripTrailing());
        int body = out.length();
        line("                insn = code[index++];");
        line("                word = (int) insn;");
        line("                jump: {");
        int inJump = out.length();
        line("                taken: {");
        int inTaken = out.length();
        line("                switch ((int) (insn >>> 48)) {");
        line("                    case NOP:");
        line("                        continue;");
        line("                    case PAGE_END:");
        line("                        if (slot == index - 1) {");
        line("                            exit = LoopState.SLOW;");
        line("                            break loop;");
        line("                        }");
        line("                        // back on the last instruction, so that this is no backward transfer");
        line("                        index--;");
        line("                        budget -= index - start;");
        line("                        target = page + (index << 2);");
        line("                        break transfer;");
        int number = FIRST;
        for (Op op : hot()) {
            if (PLAIN.contains(op)) {
                number++;
                continue;
            }
            line("                    case " + number++ + ": // " + op);
            if (op.has(Trait.BRANCH)) {
                branch(op);
            } else if (op.has(Trait.JUMP)) {
                jump(op);
            } else {
                plain(op, "                        ", "continue", "exit = LoopState.SLOW;");
            }
        }
        profiled();
        others();
        line("                }");
        line("                r[(int) (insn >>> 32) & 63] = result;");
        line("                continue;");
        indent(inTaken);
        line("                }");
        line("                target = page + (index + (short) word << 2);");
        indent(inJump);
        line("                }");
        line("                // the delay slot of a taken branch or jump");
        line("                insn = code[index];");
        line("                word = (int) insn;");
        operands("                ");
        line("                done: {");
        int inDone = out.length();
        line("                switch ((int) (insn >>> 48)) {");
        line("                    case NOP:");
        line("                        break done;");
        number = FIRST;
        for (Op op : SLOT) {
            line("                    case " + number++ + ": // " + op);
            plain(op, "                        ", "break done", "exit = LoopState.SLOT;");
        }
        line("                    default:");
        line("                        exit = LoopState.SLOT;");
        line("                        break loop;");
        line("                }");
        line("                r[(int) (insn >>> 32) & 63] = result;");
        indent(inDone);
        line("                }");
        isFetched = false;
        line("                budget -= index + 1 - start;");
        line("                break transfer;");
        indent(body);
        line("                }");
        far();
        line("""
                                if (exit == LoopState.SLOW) {
                                    continue;
                                }
                                budget -= index + 1 - start;
                            }
                            slot = -1;
                            if (budget <= 0 && target <= page + (index - 1 << 2)) {
                                exit = LoopState.BUDGET;
                                break;
                            }
                            index = (int) (target >>> 2) & 1023;
                            start = index;
                            if (((target ^ page) & ~0xffcL) != 0) {
                                long tag = target & -4096 | context;
                                int at = LoopState.slotOf(target);
                                if (tags[at] != tag || (target & 3) != 0) {
                                    exit = LoopState.FETCH;
                                    break;
                                }
                                code = pages[at];
                                page = target & -4096;
                            }
                        }
                        if (exit == LoopState.SLOW) {
                            budget -= index - 1 - start;
                        } else if (exit == LoopState.SLOT) {
                            budget -= index - start;
                        }
                        state.code = code;
                        state.page = page;
                        state.index = index;
                        state.slot = slot;
                        state.unreported = unreported;
                        state.slice.remaining = budget;
                        state.target = target;
                        return exit;
                    }
                }""");
        return text();
    }

    /** Indents what was written from {@code begin} on. */
    private void indent(int begin) {
        String indented = out.substring(begin).indent(4);
        out.setLength(begin);
        out.append(indented);
    }

    private static boolean isHint(Op op) {
        return op == Op.SYNC || op == Op.PREF;
    }

    /** Reads the registers once for many instructions, which is less for HotSpot to compile, and slower than each in its place. */
    private void operands(String indent) {
        line(indent + "rs = r[word >>> 21 & 31];");
        line(indent + "rt = r[word >>> 16 & 31];");
        isFetched = true;
    }

    private String rs() {
        return isFetched ? "rs" : "r[word >>> 21 & 31]";
    }

    private String rt() {
        return isFetched ? "rt" : "r[word >>> 16 & 31]";
    }

    /** The call of the meaning of {@code op}. */
    private String call(Op op) {
        return meanings.call(op, "r").replace("r[word >>> 21 & 31]", rs()).replace("r[word >>> 16 & 31]", rt());
    }

    /** An instruction that falls out of the switch with its {@code result}; {@code next} follows one that has none. */
    private void plain(Op op, String indent, String next, String slow) {
        Access access = ACCESSES.get(op);
        if (access != null) {
            String table = op.has(Trait.LOAD) ? "read" : "write";
            line(indent + "{");
            line(indent + "    long address = " + rs() + " + (short) word;");
            line(indent + "    long entry = " + table + "[(int) (address >>> 12) & 0xfffff];");
            String mask = access.size == 1
                    ? "0xffff_ffff_0000_0000L"
                    : "0xffff_ffff_0000_000" + (access.size - 1) + "L";
            line(indent + "    if (entry == 0 || (address + 0x8000_0000L & " + mask + ") != 0) {");
            line(indent + "        " + slow);
            line(indent + "        break far;");
            line(indent + "    }");
            access(op, access, indent + "    ", "result");
            line(indent + "    " + (op.has(Trait.LOAD) ? "break" : next) + ";");
            line(indent + "}");
        } else if (isHint(op)) {
            line(indent + next + ";");
        } else if (meanings.isVoid(op)) {
            line(indent + call(op) + ";");
            line(indent + next + ";");
        } else {
            line(indent + "result = " + call(op) + ";");
            line(indent + "break;");
        }
    }

    /** What {@code op} does with the byte at {@code address + entry} on the host; a load's value goes to {@code result}. */
    private void access(Op op, Access access, String indent, String result) {
        if (op.has(Trait.LOAD)) {
            line(indent + result + " = HostMemory." + access.method + "(address + entry)" + access.convert + ";");
        } else {
            line(indent + "HostMemory." + access.method + "(address + entry, " + access.convert + rt() + ");");
        }
    }

    /** Transfers that are to be reported, most of them without a report; with one, the engine executes them. */
    private void profiled() {
        line("                    case PROFILED:");
        operands("                        ");
        line("                        switch (--unreported < 0 ? SLOW : NUMBERS[(int) (insn >>> 38) & 0x3ff]) {");
        int body = out.length();
        int number = FIRST;
        for (Op op : hot()) {
            if (op != Op.JR && (op.has(Trait.BRANCH) || op.has(Trait.JUMP))) {
                line("                    case " + number + ": // " + op);
                if (op.has(Trait.BRANCH)) {
                    branch(op);
                } else {
                    jump(op);
                }
            }
            number++;
        }
        line("                    default:");
        line("                        unreported++;");
        line("                        exit = LoopState.SLOW;");
        line("                        break loop;");
        line("                }");
        indent(body);
        indent(body);
        isFetched = false;
    }

    /** Instructions that are frequent together. */
    private void others() {
        line("                    default:");
        operands("                        ");
        line("                        switch ((int) (insn >>> 48)) {");
        int body = out.length();
        int number = FIRST + SLOT.size();
        for (Op op : PLAIN) {
            line("                    case " + number++ + ": // " + op);
            plain(op, "                        ", "continue", "exit = LoopState.SLOW;");
        }
        line("                    default:");
        line("                        exit = LoopState.SLOW;");
        line("                        break loop;");
        line("                }");
        indent(body);
        indent(body);
        line("                        break;");
        isFetched = false;
    }

    /** An access that the tables do not have as it stands: once more with its alias, {@code exit} says what to do if that fails too. */
    private void far() {
        String indent = "                ";
        line(indent + "if (!Cp0.reachesXkphys((int) context)) {");
        line(indent + "    break loop;");
        line(indent + "}");
        line(indent + "long address = PageTables.alias(r[word >>> 21 & 31] + (short) word);");
        line(indent + "if ((int) address != address) {");
        line(indent + "    break loop;");
        line(indent + "}");
        line(indent + "long entry;");
        line(indent + "switch ((int) (insn >>> 48)) {");
        int number = FIRST;
        for (Op op : hot()) {
            Access access = ACCESSES.get(op);
            if (access != null) {
                String table = op.has(Trait.LOAD) ? "read" : "write";
                line(indent + "    case " + number + ": // " + op);
                line(indent + "        entry = " + table + "[(int) (address >>> 12) & 0xfffff];");
                line(indent + "        if (entry == 0" + (access.size == 1
                        ? ""
                        : " || (address & " + (access.size - 1)
                                + ") != 0")
                        + ") {");
                line(indent + "            break loop;");
                line(indent + "        }");
                access(op, access, indent + "        ", "r[(int) (insn >>> 32) & 63]");
                line(indent + "        break;");
            }
            number++;
        }
        line(indent + "    default:");
        line(indent + "        break loop;");
        line(indent + "}");
    }

    private void branch(Op op) {
        String indent = "                        ";
        boolean link = op.has(Trait.LINK);
        if (link) {
            line(indent + "{");
            indent += "    ";
            line(indent + "boolean taken = " + call(op) + ";");
            line(indent + "r[31] = page + (index + 1 << 2);");
        }
        line(indent + "if (!" + (link ? "taken" : call(op)) + ") {");
        if (op.has(Trait.LIKELY)) {
            line(indent + "    index++;");
            line(indent + "    start++;");
        } else {
            line(indent + "    slot = index;");
        }
        line(indent + "    continue;");
        line(indent + "}");
        line(indent + "break taken;");
        if (link) {
            line("                        }");
        }
    }

    private void jump(Op op) {
        String indent = "                        ";
        if (op.operand("target") != null) {
            line(indent + "target = page + (index << 2) & -0x1000_0000L | (word & 0x3ff_ffff) << 2;");
        } else {
            line(indent + "target = " + rs() + ";");
        }
        if (op.has(Trait.LINK)) {
            String place = op.destination() == null ? "31" : "(int) (insn >>> 32) & 63";
            line(indent + "r[" + place + "] = page + (index + 1 << 2);");
        }
        line(indent + "break jump;");
    }

    // Executor

    private String executor() {
        var byOwner = new LinkedHashMap<String, List<Op>>();
        for (Op op : Op.values()) {
            if (!op.has(Trait.JUMP) && meanings.has(op)) {
                byOwner.computeIfAbsent(meanings.owner(op), name -> new ArrayList<>()).add(op);
            }
        }
        var imports = new TreeSet<String>(List.of("org.xenomips.cpu.Cpu", "org.xenomips.isa.Op"));
        byOwner.keySet().forEach(name -> imports.add("org.xenomips.cpu." + name));
        header(imports.toArray(String[]::new));
        line("""
                /**
                 * Executes any single instruction by its meaning, after the checks its traits stand for. Control transfers are the engine's: here
                 * only the condition of a branch is evaluated.
                 */
                @SuppressWarnings({"UnusedVariable", "RefactorSwitch"}) // all groups are generated alike
                final class Executor {
                    private Executor() {}

                    /** Executes {@code word}, which is an {@code op}; true if it is a branch that is taken. */
                    static boolean execute(Cpu cpu, Op op, int word) {
                        return switch (op) {""");
        byOwner.forEach((owner, ops) -> {
            line("            case " + wrapped(ops) + " ->");
            line("                " + methodName(owner) + "(cpu, op, word);");
        });
        line("            case " + wrapped(Arrays.stream(Op.values()).filter(op -> op.has(Trait.JUMP)).toList())
                + " -> false;");
        List<Op> missing = Arrays.stream(Op.values()).filter(op -> !op.has(Trait.JUMP) && !meanings.has(op)).toList();
        if (!missing.isEmpty()) {
            line("            case " + wrapped(missing) + " -> throw cpu.raise(org.xenomips.cpu.ExceptionCode.RI);");
        }
        line("        };");
        line("    }");
        byOwner.forEach(this::group);
        line("}");
        return text();
    }

    private static String methodName(String owner) {
        String name = owner.substring("Semantics".length());
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static String wrapped(List<Op> ops) {
        var text = new StringBuilder();
        int length = 0;
        for (Op op : ops) {
            if (text.length() > 0) {
                text.append(length > 90 ? ",\n                    " : ", ");
                length = length > 90 ? 0 : length;
            }
            text.append(op);
            length += op.name().length() + 2;
        }
        return text.toString();
    }

    private void group(String owner, List<Op> ops) {
        line("");
        line("    private static boolean " + methodName(owner) + "(Cpu cpu, Op op, int word) {");
        if (ops.stream().anyMatch(op -> usesRegisters(op))) {
            line("        long[] r = cpu.registers();");
        }
        line("        switch (op) {");
        for (Op op : ops) {
            line("            case " + op + " -> {");
            if (op.has(Trait.COP0)) {
                line("                cpu.requireCop0();");
            }
            if (op.has(Trait.COP1)) {
                line("                cpu.requireCop1();");
            }
            if (op.has(Trait.DOUBLEWORD)) {
                line("                cpu.require64BitOperations();");
            }
            String call = meanings.call(op, "r");
            Operand destination = op.destination();
            if (op.has(Trait.BRANCH)) {
                line("                return " + call + ";");
            } else if (destination != null && destination.kind() == Operand.Kind.GPR && !meanings.isVoid(op)) {
                line("                r[Cpu.destination(" + Meanings.field(destination) + ")] = " + call + ";");
            } else {
                line("                " + call + ";");
            }
            line("            }");
        }
        line("            default -> throw new IllegalArgumentException(op.name());");
        line("        }");
        boolean falls = ops.stream().anyMatch(op -> !op.has(Trait.BRANCH));
        if (falls) {
            line("        return false;");
        }
        line("    }");
    }

    private boolean usesRegisters(Op op) {
        Operand destination = op.destination();
        return meanings.call(op, "r").contains("r[")
                || destination != null && destination.kind() == Operand.Kind.GPR && !meanings.isVoid(op);
    }
}
