package org.xenomips.exec.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xenomips.cpu.CpuModel;
import org.xenomips.isa.Disassembler;
import org.xenomips.isa.IsaLevel;
import org.xenomips.isa.Op;
import org.xenomips.isa.Operand;
import org.xenomips.isa.RandomInstructions;
import org.xenomips.isa.Trait;

/**
 * What the makers of parts share: the source of randomness, labels, single instructions, and how many instructions what was made
 * will execute.
 *
 * <p>Registers of programs: $v0-$t3 and $fp hold anything; $at, $t8 and $t9 are scratch within a part; $s0-$s2 count loops, $s6
 * counts recursion, $s4 points to the middle of the data at a page boundary, $s5 there through the TLB, $s7 keeps $sp,
 * $s3 is a sum of values.
 */
final class ProgramWriter {
    /** Registers that instructions write; few, so that results are used. */
    private static final int[] WRITTEN = { 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 30 };
    private static final int[] READ = { 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 30, 16, 17, 19, 19, 20, 29, 31 };
    /** What is read where only words are computed with. */
    private static final int[] READ_WORDS = { 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 30, 16, 17, 20, 29 };
    private static final int BASE = 20;
    /** Accesses reach so far around $s4. */
    private static final int REACH = 512;

    final Random random;
    final IsaLevel level;
    /** Only 32-bit instructions are made: registers hold words, unless they came with something else. */
    boolean wordsOnly;
    /** Instructions that the parts made so far will execute, about. */
    double cost;
    /** Tables and words of other parts, to be placed where nothing is executed. */
    final List<Part> tables = new ArrayList<>();
    /** Labels of instructions in functions that may be overwritten. */
    final List<String> spots = new ArrayList<>();

    private final RandomInstructions instructions;
    private final List<Op> plain;
    private final List<Op> trapping;
    private final List<Op> floating;
    private final List<Op> accesses;
    private final List<Op> branches;
    private int labels;

    ProgramWriter(Random random, CpuModel model) {
        this.random = random;
        this.level = model.isa();
        this.instructions = new RandomInstructions(random, level);
        this.plain = instructions.ops(ProgramWriter::isPlain);
        this.trapping = instructions.ops(op -> op.has(Trait.MAY_TRAP) && !isMemory(op) && !op.has(Trait.COP1)
                && !op.has(Trait.COP2) && !op.has(Trait.COP0));
        this.floating = instructions.ops(op -> op.has(Trait.COP1) && !isMemory(op) && !op.has(Trait.BRANCH));
        this.accesses = instructions
                .ops(op -> isMemory(op) && !op.has(Trait.LINKED) && !op.has(Trait.COP2) && op.operand("simm") != null);
        this.branches = instructions.ops(op -> op.has(Trait.BRANCH));
    }

    private static boolean isMemory(Op op) {
        return op.has(Trait.LOAD) || op.has(Trait.STORE);
    }

    private static boolean isPlain(Op op) {
        return op.traits()
                .stream()
                .allMatch(trait -> trait == Trait.DOUBLEWORD || trait == Trait.NO_RESULT
                        || trait == Trait.READS_DESTINATION || trait == Trait.ALSO_MIPS64);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** True once in {@code times}. */
    boolean once(int times) {
        return random.nextInt(times) == 0;
    }

    String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String label() {
        return "L" + labels++;
    }

    /** A register that anything may be written to. */
    String target() {
        return "$" + WRITTEN[below(WRITTEN.length)];
    }

    String source() {
        int[] choice = wordsOnly ? READ_WORDS : READ;
        return "$" + choice[below(choice.length)];
    }

    /** Counts {@code lines} as executed once and makes a part of them. */
    Part part(List<String> lines) {
        cost += lines.size();
        return new Part.Statements(List.copyOf(lines));
    }

    // Instructions

    /** One of {@code ops}, of 32 bits where only such are wanted. */
    private Op choose(List<Op> ops) {
        Op op = instructions.pick(ops);
        while (wordsOnly && op.has(Trait.DOUBLEWORD)) {
            op = instructions.pick(ops);
        }
        return op;
    }

    private String text(Op op) {
        int[] read = wordsOnly ? READ_WORDS : READ;
        int word = instructions.word(op);
        for (Operand operand : op.operands()) {
            if (operand.kind() == Operand.Kind.GPR) {
                int[] choice = operand == op.destination() ? WRITTEN : read;
                word = operand.put(word, choice[below(choice.length)]);
            } else if (operand.kind() == Operand.Kind.FPR) {
                word = operand.put(word, 2 * below(4) + (once(6) ? 1 : 0));
            } else if (operand.kind() == Operand.Kind.FPU_CONTROL) {
                word = operand.put(word, 31);
            }
        }
        return Disassembler.disassemble(word, 0, level);
    }

    /** An instruction that only computes. */
    String simple() {
        return !wordsOnly && once(4) ? wide() : text(choose(plain));
    }

    /** Makes a register hold something else than a sign-extended word, or takes words out of such registers. */
    private String wide() {
        String rd = target();
        return switch (below(11)) {
            case 8 -> "xor %s, %s, s3".formatted(rd, source());
            case 9 -> "sll %s, s3, %d".formatted(rd, below(32));
            case 10 -> "daddu %s, %s, s3".formatted(rd, source());
            case 0 -> "dsll32 %s, %s, %d".formatted(rd, source(), below(32));
            case 1 -> "dsrl %s, %s, %d".formatted(rd, source(), below(32));
            case 2 -> "daddu %s, %s, %s".formatted(rd, source(), source());
            case 3 -> "lwu %s, %d(s4)".formatted(rd, 4 * below(100));
            case 4 -> "ld %s, %d(s4)".formatted(rd, 8 * below(60));
            case 5 -> "sll %s, %s, 0".formatted(rd, source());
            case 6 -> "addiu %s, %s, %d".formatted(rd, source(), (short) random.nextInt());
            default -> "slt %s, %s, %s".formatted(rd, source(), source());
        };
    }

    /** Adds {@code register} to the sum of values. */
    List<String> fold(String register) {
        return List.of("dsll t8, s3, 5", "daddu s3, s3, t8", "xor s3, s3, " + register);
    }

    /** Adds all registers to the sum of values. */
    List<String> foldAll() {
        var lines = new ArrayList<String>();
        for (int number : WRITTEN) {
            lines.addAll(number == 0 ? List.of() : fold("$" + number));
        }
        return lines;
    }

    /** Gives some registers values that depend on all that happened: words and others. */
    List<String> freshValues() {
        var lines = new ArrayList<String>();
        for (int i = below(5); i >= 0; i--) {
            lines.add("%s %s, s3, %d".formatted(pick("sll", "sll", "sra", "dsrl", "dsra", "dsll", "srl"), target(),
                    below(32)));
        }
        return lines;
    }

    /** An instruction that may raise an exception by what it computes. */
    String trap() {
        cost += 25;
        return text(choose(trapping));
    }

    /** A floating-point instruction, not a load, store or branch. */
    String floating() {
        cost += 5;
        return once(3)
                ? "%s f%d, f%d, f%d".formatted(pick("add.s", "mul.s", "sub.d", "mul.d", "div.s", "add.d"), 2 * below(4),
                        2 * below(4), 2 * below(4))
                : text(choose(floating));
    }

    /** A load or store that reaches memory. */
    String access() {
        Op op = choose(accesses);
        int offset = below(2 * REACH) - REACH & -alignment(op);
        int word = Operand.BASE.put(instructions.word(op), BASE);
        word = Operand.SIMM.put(word, offset);
        if (op.operand("rt") != null) {
            int[] choice = op.has(Trait.LOAD) ? WRITTEN : READ;
            word = Operand.RT.put(word, choice[below(choice.length)]);
        } else {
            word = Operand.FT.put(word, 2 * below(4));
        }
        return Disassembler.disassemble(word, 0, level);
    }

    private static int alignment(Op op) {
        return switch (op) {
            case LB, LBU, SB, LWL, LWR, SWL, SWR, LDL, LDR, SDL, SDR -> 1;
            case LH, LHU, SH -> 2;
            case LW, LWU, SW, LWC1, SWC1 -> 4;
            default -> 8;
        };
    }

    /** A load or store that most likely faults. */
    String fault() {
        cost += 60;
        return switch (below(5)) {
            case 0 -> "lw %s, 2(s4)".formatted(target());
            case 1 -> "sd %s, 4(s4)".formatted(source());
            case 2 -> "lw %s, 16(zero)".formatted(target());
            case 3 -> "%s %s, %d(%s)".formatted(pick("lw", "sw", "lb", "sb", "ld"), target(), 8 * below(16), source());
            default -> "sb %s, -1(zero)".formatted(source());
        };
    }

    /**
     * Something for a delay slot.
     *
     * @param devices false where the device cannot be reached
     */
    String slot(boolean devices) {
        return switch (below(20)) {
            case 0, 1 -> "nop";
            case 2, 3, 4 -> access();
            case 5 -> devices ? "lw %s, COUNTER(gp)".formatted(target()) : access();
            case 6 -> devices ? "sw %s, LOG(gp)".formatted(source()) : access();
            case 7 -> once(4) ? fault() : simple();
            case 8 -> once(3) ? trap() : simple();
            case 9 -> "move %s, ra".formatted(target());
            case 10 -> once(2) ? floating() : simple();
            default -> simple();
        };
    }

    /** A conditional branch to {@code there}; one that links only where {@code links} allows it. */
    String branch(String there, boolean links) {
        Op op = instructions.pick(branches);
        while (!links && op.has(Trait.LINK)) {
            op = instructions.pick(branches);
        }
        String text = text(op);
        return text.substring(0, text.lastIndexOf(' ') + 1) + there;
    }
}
