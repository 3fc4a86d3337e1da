package org.xenomips.isa;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes programs of random integer instructions that raise no exception, touch only memory near {@code $gp} and end: they branch
 * forwards, or backwards in counted loops. To run at any address that is a sign-extended word; the end is behind the last word. For comparing engines with each
 * other and with an oracle; the caller owns and prints the seed.
 */
public final class RandomProgram {
    /** Loads and stores go to {@code $gp} plus or minus this number of bytes. */
    public static final int REACH = 256;

    private static final int LOOP_COUNTER = 23;
    private static final int DATA = 28;
    private static final int LINK = 31;
    /** Registers that instructions write; few, so that results are used. */
    private static final int[] WRITTEN = { 0, 2, 3, 4, 5, 8, 9, 16, 25 };
    private static final int[] READ = { 0, 2, 3, 4, 5, 8, 9, 16, 25, LOOP_COUNTER, DATA, LINK };

    private final RandomGenerator random;
    private final IsaLevel level;
    private final RandomInstructions instructions;
    private final List<Op> plain;
    private final List<Op> accesses;
    private final List<Op> branches;
    private final List<Integer> words = new ArrayList<>();

    private RandomProgram(RandomGenerator random, IsaLevel level) {
        this.random = random;
        this.level = level;
        this.instructions = new RandomInstructions(random, level);
        this.plain = instructions.ops(RandomProgram::isPlain);
        this.accesses = instructions
                .ops(op -> (op.has(Trait.LOAD) || op.has(Trait.STORE)) && !op.has(Trait.COP1) && !op.has(Trait.LINKED));
        this.branches = instructions.ops(op -> op.has(Trait.BRANCH) && !op.has(Trait.COP1));
    }

    /** A program of at least {@code size} instructions for a processor of {@code level}. */
    public static int[] make(RandomGenerator random, IsaLevel level, int size) {
        var program = new RandomProgram(random, level);
        program.sequence(size, true);
        return program.words.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The program as text, one instruction per line, for messages. */
    public static String listing(int[] words, long address, IsaLevel level) {
        var text = new StringBuilder();
        for (int i = 0; i < words.length; i++) {
            long pc = address + 4L * i;
            text.append(String.format("%08x: %08x  %s%n", pc, words[i], Disassembler.disassemble(words[i], pc, level)));
        }
        return text.toString();
    }

    /** True for instructions that only compute. */
    private static boolean isPlain(Op op) {
        return op.traits()
                .stream()
                .allMatch(trait -> trait == Trait.DOUBLEWORD || trait == Trait.NO_RESULT
                        || trait == Trait.READS_DESTINATION
                        || trait == Trait.ALSO_MIPS64);
    }

    /** Appends statements; branches stay within them. */
    private void sequence(int size, boolean outermost) {
        int end = words.size() + size;
        var starts = new ArrayList<Integer>();
        var open = new ArrayList<Integer>();
        while (words.size() < end) {
            starts.add(words.size());
            int kind = random.nextInt(100);
            if (kind < 65) {
                words.add(simple());
            } else if (kind < 85) {
                open.add(words.size());
                words.add(operands(instructions.pick(branches)));
                words.add(simple());
            } else if (kind < 90) {
                computedJump();
            } else if (kind < 95) {
                if (level.includes(IsaLevel.MIPS2)) {
                    linkedUpdate();
                }
            } else if (outermost) {
                loop();
            }
        }
        starts.add(words.size());
        for (int branch : open) {
            List<Integer> later = starts.stream().filter(at -> at > branch + 1).limit(4).toList();
            int target = later.get(random.nextInt(later.size()));
            // Now and then into a delay slot, which then is an ordinary instruction.
            target += open.contains(target) && random.nextBoolean() ? 1 : 0;
            words.set(branch, Operand.BRANCH.put(words.get(branch), target - branch - 1));
        }
    }

    /** An instruction that may stand in a delay slot. */
    private int simple() {
        return random.nextInt(4) == 0 ? access() : operands(instructions.pick(plain));
    }

    private int access() {
        Op op = instructions.pick(accesses);
        int word = Operand.BASE.put(operands(op), DATA);
        return Operand.SIMM.put(word, random.nextInt(-REACH, REACH - 8) & -alignment(op));
    }

    private static int alignment(Op op) {
        return switch (op) {
            case LB, LBU, SB, LWL, LWR, SWL, SWR, LDL, LDR, SDL, SDR -> 1;
            case LH, LHU, SH -> 2;
            case LW, LWU, SW -> 4;
            default -> 8;
        };
    }

    /** Random operands: written registers among a few, the counter and the base of data never. */
    private int operands(Op op) {
        int word = instructions.word(op);
        for (Operand operand : op.operands()) {
            if (operand.kind() == Operand.Kind.GPR) {
                int[] choice = operand == op.destination() ? WRITTEN : READ;
                word = operand.put(word, choice[random.nextInt(choice.length)]);
            }
        }
        return word;
    }

    /** Calls the next instruction, adds to the return address, and goes there: over up to four instructions. */
    private void computedJump() {
        int skipped = random.nextInt(5);
        words.add(Operand.BRANCH.put(Op.BGEZAL.value(), 1));
        words.add(0);
        // The link is the address of this instruction; three more follow up to the end of the jump's delay slot.
        words.add(Operand.SIMM.put(Operand.RS.put(Operand.RT.put(Op.ADDIU.value(), LINK), LINK), 12 + 4 * skipped));
        words.add(Operand.RS.put(random.nextBoolean() ? Op.JR.value() : Operand.RD.put(Op.JALR.value(), 25), LINK));
        words.add(simple());
        for (int i = 0; i < skipped; i++) {
            words.add(simple());
        }
    }

    /** LL, an addition, SC. */
    private void linkedUpdate() {
        int address = Operand.SIMM.put(Operand.BASE.put(0, DATA), random.nextInt(-REACH, REACH - 8) & -4);
        int register = Operand.RT.put(address, 2);
        words.add(Op.LL.value() | register);
        words.add(Operand.SIMM.put(Operand.RS.put(Operand.RT.put(Op.ADDIU.value(), 2), 2), random.nextInt()));
        words.add(Op.SC.value() | register);
    }

    private void loop() {
        words.add(Operand.SIMM.put(Operand.RT.put(Op.ADDIU.value(), LOOP_COUNTER), random.nextInt(1, 12)));
        int start = words.size();
        sequence(random.nextInt(1, 12), false);
        words.add(Operand.SIMM.put(Operand.RS.put(Operand.RT.put(Op.ADDIU.value(), LOOP_COUNTER), LOOP_COUNTER), -1));
        words.add(Operand.BRANCH.put(Operand.RS.put(Op.BGTZ.value(), LOOP_COUNTER), start - words.size() - 1));
        words.add(simple());
    }
}
