package org.xenomips.bits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BitsTest {
    @Test
    void swapBytesKeepsOnlyTheAccess() {
        assertThat(Bits.swapBytes(0xaabb_1122_3344L, 4)).isEqualTo(0x4433_2211L);
        assertThat(Bits.swapBytes(0x1234, 2)).isEqualTo(0x3412);
        assertThat(Bits.swapBytes(0x0102_0304_0506_0708L, 8)).isEqualTo(0x0807_0605_0403_0201L);
    }

    @Test
    void fieldsAndSigns() {
        assertThat(Bits.field(0xdead_beef, 0, 32)).isEqualTo(0xdead_beef);
        assertThat(Bits.field(0xdead_beef, 8, 12)).isEqualTo(0xdbe);
        assertThat(Bits.signExtend(0x8000, 16)).isEqualTo(-32768);
        assertThat(Bits.sizeMask(8)).isEqualTo(-1L);
        assertThat(Bits.with(0, 31, true)).isEqualTo(0x8000_0000);
    }
}
