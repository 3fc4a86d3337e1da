package org.xenomips.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestRamTest {
    @Test
    void valuesAreBigEndian() {
        try (GuestRam ram = new GuestRam("ram", 4096)) {
            ram.write(0, 8, 0x0102_0304_0506_0708L);
            assertThat(ram.read(0, 1)).isEqualTo(1);
            assertThat(ram.read(6, 2)).isEqualTo(0x0708);
            assertThat(ram.read(4, 4)).isEqualTo(0x0506_0708);
        }
    }

    @Test
    void accessBeyondTheBlockIsRefused() {
        try (GuestRam ram = new GuestRam("ram", 4096)) {
            assertThatThrownBy(() -> ram.read(4093, 4)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> ram.write(-1, 1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> ram.read(0, new byte[4], 2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void watcherHearsOfWritesToWatchedPagesOnly() {
        try (GuestRam ram = new GuestRam("ram", 3 * 4096)) {
            List<String> heard = new ArrayList<>();
            ram.setCodeWatch((block, offset, length) -> heard.add(offset + "+" + length));
            ram.watchCode(4096);
            ram.write(0, 4, 1);
            ram.write(4100, 4, 1);
            ram.write(4090, new byte[12], 0, 12);
            ram.unwatchCode(4096);
            ram.write(4100, 4, 1);
            assertThat(heard).containsExactly("4100+4", "4090+12");
        }
    }
}
