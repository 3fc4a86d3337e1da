package org.xenomips.devices.storage.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockMemoryTest {
    private static final int BLOCK = BlockMemory.BLOCK_BYTES;
    private static final int SIZE = 4 * BLOCK;

    private final BlockMemory memory = new BlockMemory(SIZE);

    @Test
    void isZeroAtFirst() {
        assertThat(memory.copy(0, SIZE)).hasSize(SIZE).containsOnly(0);
    }

    @Test
    void behavesLikeAnArrayWhateverIsDone() {
        long seed = 20_260_101;
        Random random = new Random(seed);
        byte[] expected = new byte[SIZE];
        byte[] values = { 0, -1, 5 };
        for (int step = 0; step < 300; step++) {
            int from = random.nextInt(SIZE);
            byte value = values[random.nextInt(values.length)];
            switch (random.nextInt(3)) {
                case 0 -> {
                    memory.set(from, value);
                    expected[from] = value;
                }
                case 1 -> {
                    int stride = 1 + random.nextInt(4);
                    int to = Math.min(SIZE, from + random.nextInt(2 * BLOCK));
                    memory.fill(from, to, stride, value);
                    for (int at = from; at < to; at += stride) {
                        expected[at] = value;
                    }
                }
                default -> {
                    byte[] block = new byte[BLOCK];
                    Arrays.fill(block, random.nextInt(BLOCK), BLOCK, value);
                    int at = from / BLOCK * BLOCK;
                    memory.setBlock(at, block);
                    assertThat(memory.isBlock(at, block)).as("seed %d step %d", seed, step).isTrue();
                    System.arraycopy(block, 0, expected, at, BLOCK);
                }
            }
            int looked = random.nextInt(SIZE);
            assertThat(memory.get(looked)).as("seed %d step %d at %d", seed, step, looked).isEqualTo(expected[looked]);
        }
        assertThat(memory.copy(0, SIZE)).as("seed %d", seed).isEqualTo(expected);
        assertThat(memory.copy(BLOCK - 3, 2 * BLOCK + 7)).isEqualTo(Arrays.copyOfRange(expected, BLOCK - 3,
                2 * BLOCK + 7));
    }

    @Test
    void blocksAreComparedWithTheirContentUniformOrNot() {
        byte[] erased = new byte[BLOCK];
        Arrays.fill(erased, (byte) 0xff);
        byte[] almost = erased.clone();
        almost[BLOCK - 1] = 0;
        memory.fill(BLOCK, 2 * BLOCK, 1, (byte) 0xff);
        assertThat(memory.isBlock(BLOCK, erased)).isTrue();
        assertThat(memory.isBlock(BLOCK, almost)).isFalse();
        memory.set(2 * BLOCK - 1, (byte) 0);
        assertThat(memory.isBlock(BLOCK, almost)).isTrue();
        assertThat(memory.isBlock(BLOCK, erased)).isFalse();
    }

    @Test
    void copiesAreIndependent() {
        byte[] block = new byte[BLOCK];
        block[1] = 7;
        memory.setBlock(0, block);
        block[1] = 8;
        memory.copy(0, BLOCK)[1] = 9;
        assertThat(memory.get(1)).isEqualTo((byte) 7);
    }

    @Test
    void sizeIsAWholeNumberOfBlocks() {
        assertThatThrownBy(() -> new BlockMemory(BLOCK + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BlockMemory(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
