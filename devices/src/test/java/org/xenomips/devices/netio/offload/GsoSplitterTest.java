package org.xenomips.devices.netio.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GsoSplitterTest {
    private final GsoSplitter splitter = new GsoSplitter(2044);
    private final List<byte[]> segments = new ArrayList<>();

    private int split(byte[] frame, int kind, int size) {
        return splitter.split(frame, frame.length, kind, size,
                (data, length) -> segments.add(Arrays.copyOf(data, length)));
    }

    private byte[] payloads(int headerBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] s : segments) {
            int start = Packets.transport(s) + headerBytes;
            out.write(s, start, s.length - start);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void tcpSuperFrameBecomesFramesThatCarryTheSameBytes(boolean version6) {
        byte[] frame = version6 ? Packets.ipv6(Packets.TCP, 10_000) : Packets.ipv4(Packets.TCP, 10_000);

        int count = split(frame, version6 ? GsoSplitter.TCP_V6 : GsoSplitter.TCP_V4, 1448);

        assertThat(count).isEqualTo(7).isEqualTo(segments.size());
        assertThat(segments).allMatch(Packets::checksumsRight);
        int start = Packets.transport(frame) + 20;
        assertThat(payloads(20)).isEqualTo(Arrays.copyOfRange(frame, start, frame.length));
    }

    @Test
    void sequenceNumbersFlagsAndIdentificationFollow() {
        split(Packets.ipv4(Packets.TCP, 3000), GsoSplitter.TCP_V4 | GsoSplitter.ECN, 1000);

        assertThat(segments).hasSize(3);
        assertThat(segments).extracting(s -> Packets.u32(s, 38))
                .containsExactly(0xffff_ff00L, 0x2e8L, 0x6d0L);
        assertThat(segments).extracting(s -> Packets.u16(s, 18)).containsExactly(0xfffe, 0xffff, 0);
        // CWR on the first alone; PSH and FIN on the last alone; ACK everywhere.
        assertThat(segments).extracting(s -> s[47] & 0xff).containsExactly(0x90, 0x10, 0x19);
        assertThat(segments).extracting(s -> Packets.u16(s, 16)).containsExactly(1040, 1040, 1040);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void udpSuperFrameBecomesDatagramsOfTheirOwn(boolean version6) {
        byte[] frame = version6 ? Packets.ipv6(Packets.UDP, 2501) : Packets.ipv4(Packets.UDP, 2501);

        split(frame, GsoSplitter.UDP, 1000);

        assertThat(segments).hasSize(3).allMatch(Packets::checksumsRight);
        assertThat(segments).extracting(s -> Packets.u16(s, Packets.transport(s) + 4)).containsExactly(1008, 1008, 509);
        int start = Packets.transport(frame) + 8;
        assertThat(payloads(8)).isEqualTo(Arrays.copyOfRange(frame, start, frame.length));
    }

    @Test
    void headersAreFoundBehindTags() {
        byte[] frame = Packets.tagged(Packets.tagged(Packets.ipv4(Packets.TCP, 3000), 0x8100_0005), 0x88a8_0064);

        split(frame, GsoSplitter.TCP_V4, 1400);

        assertThat(segments).hasSize(3).allMatch(Packets::checksumsRight);
        assertThat(segments).allMatch(s -> Packets.u32(s, 12) == 0x88a8_0064L && Packets.u32(s, 16) == 0x8100_0005L);
    }

    @Test
    void whatIsNotWhatTheKindSaysIsRefused() {
        byte[] tcp = Packets.ipv4(Packets.TCP, 3000);
        byte[] fragment = tcp.clone();
        fragment[20] = 0x20;
        byte[] shortHeader = tcp.clone();
        shortHeader[46] = 0x40;

        assertThat(split(Packets.ipv6(Packets.TCP, 3000), GsoSplitter.TCP_V4, 1000)).isZero();
        assertThat(split(tcp, GsoSplitter.TCP_V6, 1000)).isZero();
        assertThat(split(tcp, GsoSplitter.UDP, 1000)).isZero();
        assertThat(split(fragment, GsoSplitter.TCP_V4, 1000)).isZero();
        assertThat(split(shortHeader, GsoSplitter.TCP_V4, 1000)).isZero();
        assertThat(split(tcp, GsoSplitter.TCP_V4, 0)).isZero();
        assertThat(split(tcp, GsoSplitter.TCP_V4, 2000)).isZero();
        assertThat(split(Packets.ethernet(3000, 0x88cc, 1), GsoSplitter.TCP_V4, 1000)).isZero();
        assertThat(segments).isEmpty();
    }

    @Test
    void hostileBytesAndLengthsNeverThrow() {
        Random random = new Random(4711);
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = random.nextBoolean()
                    ? Packets.ipv4(random.nextBoolean() ? Packets.TCP : Packets.UDP, random.nextInt(200))
                    : Packets.ipv6(random.nextBoolean() ? Packets.TCP : Packets.UDP, random.nextInt(200));
            for (int k = random.nextInt(6); k > 0; k--) {
                frame[12 + random.nextInt(Math.min(60, frame.length - 12))] = (byte) random.nextInt();
            }
            int length = random.nextInt(frame.length + 1);
            int kind = new int[]{ 1, 3, 4, 5, 0x81, 0x84, 0xff }[random.nextInt(7)];

            int count = splitter.split(frame, length, kind, random.nextInt(300), (data, n) -> {
                assertThat(n).as("seed 4711").isBetween(14, 2044);
            });

            assertThat(count).as("seed 4711, case %d", i).isLessThanOrEqualTo(30);
        }
    }
}
