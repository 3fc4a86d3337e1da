package org.xenomips.isa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * Finds the instruction of a word: one decision tree per level, built from the patterns of {@link Op}.
 *
 * <p>A tree is an {@code int[]}. A node tests a run of adjacent bits: its first element holds {@code low | width << 8}, the next
 * {@code 1 << width} elements tell for each value of the run what follows: a node's index, or the complement of an op's ordinal.
 */
public final class Decoder {
    private static final int MAX_WIDTH = 8;
    private static final Op[] OPS = Op.values();
    private static final int[][] TREES = buildTrees();

    private Decoder() {}

    /** The instruction that {@code word} is on a processor of {@code level}; {@link Op#RESERVED} if it is none. Allocates nothing. */
    public static Op decode(int word, IsaLevel level) {
        int[] tree = TREES[level.ordinal()];
        int next = 0;
        do {
            int test = tree[next];
            next = tree[next + 1 + (word >>> (test & 0xff) & (1 << (test >> 8)) - 1)];
        } while (next >= 0);
        return OPS[~next];
    }

    private static int[][] buildTrees() {
        IsaLevel[] levels = IsaLevel.values();
        var trees = new int[levels.length][];
        for (IsaLevel level : levels) {
            trees[level.ordinal()] = new Builder(level).build();
        }
        return trees;
    }

    /** Builds the tree of one level. */
    private static final class Builder {
        private final IsaLevel level;
        private int[] tree = new int[4096];
        private int size;

        Builder(IsaLevel level) {
            this.level = level;
        }

        int[] build() {
            List<Op> all = Arrays.stream(OPS).filter(op -> op.existsAt(level)).toList();
            add(all, 0);
            return Arrays.copyOf(tree, size);
        }

        /** Appends the tree that tells {@code candidates} apart, of whose bits {@code tested} have been looked at. */
        private int add(List<Op> candidates, int tested) {
            if (candidates.isEmpty()) {
                return ~Op.RESERVED.ordinal();
            }
            int open = ~tested;
            for (Op op : candidates) {
                open &= op.mask(level);
            }
            if (open == 0) {
                return leaf(candidates, tested);
            }
            int low = Integer.numberOfTrailingZeros(open);
            int width = Math.min(Integer.numberOfTrailingZeros(~(open >>> low)), MAX_WIDTH);
            int field = (1 << width) - 1;
            int node = allocate(1 + (1 << width));
            tree[node] = low | width << 8;
            var byBits = new HashMap<Integer, List<Op>>();
            for (Op op : candidates) {
                byBits.computeIfAbsent(op.value() >>> low & field, bits -> new ArrayList<>()).add(op);
            }
            for (int bits = 0; bits <= field; bits++) {
                int child = add(byBits.getOrDefault(bits, List.of()), tested | field << low);
                tree[node + 1 + bits] = child;
            }
            return node;
        }

        private int leaf(List<Op> candidates, int tested) {
            Op op = candidates.getFirst();
            if (candidates.size() > 1 || (op.mask(level) & ~tested) != 0) {
                throw new IllegalStateException("patterns overlap at " + level + ": " + candidates);
            }
            return ~op.ordinal();
        }

        private int allocate(int count) {
            int at = size;
            size += count;
            if (size > tree.length) {
                tree = Arrays.copyOf(tree, 2 * size);
            }
            return at;
        }
    }
}
