package org.xenomips.isa;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Makes instruction words with random operands, for tests here and in other modules. The caller owns and prints the seed. */
public final class RandomInstructions {
    private final RandomGenerator random;
    private final IsaLevel level;

    /** Instructions of a processor of {@code level}. */
    public RandomInstructions(RandomGenerator random, IsaLevel level) {
        this.random = random;
        this.level = level;
    }

    /** All instructions of the level that {@code wanted} accepts. */
    public List<Op> ops(Predicate<Op> wanted) {
        return Arrays.stream(Op.values()).filter(op -> op.existsAt(level)).filter(wanted).toList();
    }

    /** One of {@code ops}. */
    public Op pick(List<Op> ops) {
        return ops.get(random.nextInt(ops.size()));
    }

    /** {@code op} with random operands; bits that the CPU ignores are 0. */
    public int word(Op op) {
        int word = op.value();
        for (Operand operand : op.operands()) {
            if (level.includes(operand.since())) {
                word = operand.put(word, random.nextInt());
            }
        }
        return word;
    }

    /** {@code word} of {@code op} with random values in the bits that the CPU ignores. */
    public int withIgnoredBits(Op op, int word) {
        int meaningful = op.mask();
        for (Operand operand : op.operands()) {
            meaningful |= operand.mask();
        }
        return word & meaningful | random.nextInt() & ~meaningful;
    }
}
