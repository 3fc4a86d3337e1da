package org.xenomips.devices.netio.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumsTest {
    @ParameterizedTest
    @CsvSource({ "6,0", "6,1", "6,2", "6,3", "6,1460", "17,0", "17,1", "17,1471", "17,1472" })
    void unfinishedChecksumIsFinishedForEveryLength(int protocol, int payload) {
        for (byte[] frame : new byte[][]{ Packets.ipv4(protocol, payload), Packets.ipv6(protocol, payload) }) {
            Packets.leaveChecksumUnfinished(frame);
            int offset = protocol == Packets.TCP ? 16 : 6;

            assertThat(Checksums.finish(frame, frame.length, Packets.transport(frame), offset)).isTrue();

            assertThat(Packets.checksumsRight(frame)).isTrue();
        }
    }

    @Test
    void checksumOfZeroIsStoredAsAllOnes() {
        byte[] frame = new byte[20];
        frame[0] = (byte) 0xff;
        frame[1] = (byte) 0xff;

        assertThat(Checksums.finish(frame, 20, 0, 10)).isTrue();

        assertThat(Checksums.getShort(frame, 10)).isEqualTo(0xffff);
    }

    @ParameterizedTest
    @CsvSource({ "-1,0", "0,-1", "60,0", "59,0", "0,59", "0,60", "65535,65535", "2147483647,2", "30,2147483647" })
    void fieldOutsideTheFrameIsRefused(int start, int offset) {
        byte[] frame = new byte[2048];

        assertThat(Checksums.finish(frame, 60, start, offset)).isFalse();

        assertThat(frame).containsOnly(0);
    }

    @Test
    void sumAgreesWithTheDefinitionOnRandomData() {
        Random random = new Random(7072);
        for (int i = 0; i < 200; i++) {
            byte[] data = new byte[1 + random.nextInt(300)];
            random.nextBytes(data);
            int from = random.nextInt(data.length);
            long expected = 0;
            for (int k = from; k < data.length; k++) {
                expected += (data[k] & 0xffL) << ((k - from) % 2 == 0 ? 8 : 0);
            }

            assertThat(Checksums.fold(Checksums.sum(data, from, data.length - from)))
                    .as("seed 7072, case %d", i)
                    .isEqualTo(Checksums.fold(expected));
        }
    }
}
