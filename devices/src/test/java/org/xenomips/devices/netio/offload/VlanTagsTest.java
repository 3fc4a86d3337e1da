package org.xenomips.devices.netio.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VlanTagsTest {
    @ParameterizedTest
    @ValueSource(ints = { 0, 0x8100_0005, 0x8100_e000, 0x88a8_0fff })
    void tagIsPutBehindTheAddresses(int tag) {
        byte[] plain = Packets.ethernet(100, 0x0800, 3);
        byte[] to = new byte[2048];
        int length;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_BYTE, plain);
            length = VlanTags.copy(from, plain.length, tag, to);
        }

        assertThat(Arrays.copyOf(to, length)).isEqualTo(tag == 0 ? plain : Packets.tagged(plain, tag));
    }
}
