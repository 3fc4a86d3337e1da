package org.xenomips.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HostMemoryTest {
    private static final int LENGTH = 8 << 20;

    @Test
    void releasedPagesOfAnArrayTakeNoMemoryAndReadAsZeros() throws Exception {
        long[] array = new long[LENGTH];
        long before = residentKb();
        HostMemory.releasePages(array);
        assertThat(before - residentKb()).as("KB given back of %d", LENGTH >> 7).isGreaterThan(LENGTH >> 8);
        assertThat(Arrays.stream(array).allMatch(element -> element == 0)).isTrue();
    }

    @Test
    void releasedArrayIsAsGoodAsNewAfterGarbageCollection() {
        for (int length : new int[]{ 0, 1, 511, 512, 1024, 1025, 100_003 }) {
            long[] array = new long[length];
            HostMemory.releasePages(array);
            for (int i = 0; i < length; i += 3) {
                array[i] = i;
            }
            System.gc();
            long[] expected = new long[length];
            for (int i = 0; i < length; i += 3) {
                expected[i] = i;
            }
            assertThat(array).isEqualTo(expected);
        }
    }

    @Test
    void neighboursOfAReleasedArrayKeepTheirElements() {
        long[][] arrays = new long[9][4096];
        for (int i = 0; i < arrays.length; i += 2) {
            Arrays.fill(arrays[i], i + 1);
        }
        for (int i = 1; i < arrays.length; i += 2) {
            HostMemory.releasePages(arrays[i]);
        }
        for (int i = 0; i < arrays.length; i++) {
            assertThat(arrays[i]).as("array %d", i).containsOnly(i % 2 == 0 ? i + 1 : 0);
        }
    }

    private static long residentKb() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status"))
                .stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }
}
