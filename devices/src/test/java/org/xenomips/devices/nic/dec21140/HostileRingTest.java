package org.xenomips.devices.nic.dec21140;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenomips.devices.nic.PacketPath.Step;
import org.xenomips.memory.GuestRam;

/** Rings no driver would build: the chip must neither hang nor throw, whatever it does with the frames. */
class HostileRingTest {
    private static final int OWN = 0x8000_0000;
    private static final int LS = 0x4000_0000;
    private static final int FS = 0x2000_0000;
    private static final int END = 0x0200_0000;
    private static final int CHAIN = 0x0100_0000;
    private static final int PROMISCUOUS_ON = 0x2042;
    private static final int WINDOW = 0x1000_0000;
    private static final int RING = 0x1_0000;
    private static final int BUFFER = 0x2_0000;

    private final Bench bench = new Bench(false);

    @BeforeEach
    void map() {
        bench.mapBare(WINDOW);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void descriptor(long address, int control, int first, int second) {
        bench.word(address + 4, control);
        bench.word(address + 8, first);
        bench.word(address + 12, second);
        bench.word(address, OWN);
    }

    private static byte[] anyFrame(int length) {
        return Bench.frame(0xffff_ffff_ffffL, 0x0800, length, 0);
    }

    @Test
    void frameWhoseSegmentsFormALoopIsReleasedWithAnError() {
        descriptor(RING, FS | END | 100, BUFFER, 0);
        bench.csr(4, RING);
        bench.csr(6, 0x2000);
        bench.advance(1_000_000);
        assertThat(bench.word(RING) & 0x8000_8000).isEqualTo(0x8000);
        descriptor(RING + 0x100, FS | CHAIN | 100, BUFFER, RING + 0x200);
        descriptor(RING + 0x200, CHAIN | 100, BUFFER, RING + 0x200);
        bench.csr(4, RING + 0x100);
        bench.advance(1_000_000);
        assertThat(bench.word(RING + 0x100)).isNotNegative();
        assertThat(bench.port.sent).isEmpty();
        assertThat(bench.chip.packetPath().get(Step.TX_MALFORMED)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void overlongTransmitFrameIsDroppedAndReleased() {
        for (int i = 0; i < 4; i++) {
            descriptor(RING + i * 16, (i == 0 ? FS : 0) | (i == 3 ? LS | END : 0) | 2047 << 11 | 2047, BUFFER, BUFFER);
        }
        bench.csr(4, RING);
        bench.csr(6, 0x2000);
        assertThat(bench.word(RING)).isZero();
        assertThat(bench.word(RING + 48)).isZero();
        assertThat(bench.port.sent).isEmpty();
    }

    @Test
    void ringInReadOnlyMemoryKeepsOwnershipAndIsWorkedInSlices() {
        try (GuestRam rom = new GuestRam("rom", 4096)) {
            bench.map.mapRom("rom", 0x1fc0_0000, rom);
            rom.write(0, 4, 0x8000_0000L);
            rom.write(4, 4, 0x6200_003cL);
            bench.csr(4, 0x1fc0_0000);
            bench.csr(6, 0x2000);
            int first = bench.port.sent.size();
            assertThat(first).isBetween(1, 200);
            bench.advance(1_000_000);
            assertThat(bench.port.sent.size()).isBetween(first + 1, 10_000);
            bench.csr(6, 0);
            int stopped = bench.port.sent.size();
            bench.advance(1_000_000);
            assertThat(bench.port.sent).hasSize(stopped);
        }
    }

    @Test
    void descriptorsAndBuffersInTheChipsOwnWindowLeadNowhere() {
        bench.csr(10, OWN);
        bench.csr(4, WINDOW + 0x50);
        bench.csr(3, WINDOW + 0x50);
        bench.csr(6, PROMISCUOUS_ON);
        bench.deliver(anyFrame(64));
        bench.advance(1_000_000);
        assertThat(bench.csr(10)).isEqualTo(OWN);
        assertThat(bench.chip.packetPath().get(Step.RX_NO_DESCRIPTOR)).isEqualTo(1);
        descriptor(RING, END | 1600, WINDOW, 0);
        bench.csr(3, RING);
        bench.deliver(anyFrame(200));
        assertThat(bench.csr(6)).as("not overwritten by the frame").isEqualTo(PROMISCUOUS_ON);
        assertThat(bench.word(RING)).isNotNegative();
    }

    @Test
    void twoChipsAimedAtEachOtherStop() {
        try (Bench other = new Bench(false)) {
            other.chip.configWrite(0x14, 0x1100_0000);
            bench.map.mapDevice("other", 0x1100_0000, 128, false, other.chip);
            other.map.mapDevice("this", 0x1000_0000, 128, false, bench.chip);
            for (Bench b : new Bench[]{ bench, other }) {
                int peer = b == bench ? 0x1100_0008 : 0x1000_0008;
                b.ram.write(RING + 4, 4, 0x6200_003cL);
                b.ram.write(RING + 8, 4, BUFFER);
                b.ram.write(RING + 0x100 + 4, 4, 0x0200_0640L);
                b.ram.write(RING + 0x100 + 8, 4, peer);
                b.ram.write(RING + 0x100, 4, 0x8000_0000L);
                b.ram.write(RING, 4, 0x8000_0000L);
                b.chip.write(4 * 8, 4, RING);
                b.chip.write(3 * 8, 4, RING + 0x100);
                b.chip.write(6 * 8, 4, 0x2842);
            }
            bench.advance(1_000_000);
            other.advance(1_000_000);
            assertThat(bench.ram.read(RING, 4)).isZero();
            assertThat(other.ram.read(RING, 4)).isZero();
        }
    }

    @Test
    void receiveRingWithoutRoomCostsBoundedTimeAndCutsTheFrame() {
        descriptor(RING, END, 0, 0);
        bench.csr(3, RING);
        bench.csr(6, PROMISCUOUS_ON);
        bench.deliver(anyFrame(64));
        assertThat(bench.word(RING) & 0x8000_c300).as("FS, LS, DE, ES").isEqualTo(0xc300);
        for (int i = 0; i < 1024; i++) {
            descriptor(RING + i * 16, 0, 0, 0);
        }
        bench.csr(3, RING);
        bench.deliver(anyFrame(64));
        assertThat(bench.word(RING)).isNotNegative();
        assertThat(bench.word(RING + 1000 * 16)).isEqualTo(OWN);
        assertThat(bench.chip.packetPath().get(Step.RX_CUT)).isEqualTo(2);
    }

    @Test
    void ringOfOneStoresOneFrame() {
        descriptor(RING, END | 1600, BUFFER, 0);
        bench.csr(3, RING);
        bench.csr(6, PROMISCUOUS_ON);
        bench.deliver(anyFrame(64));
        bench.deliver(anyFrame(65));
        assertThat(bench.word(RING)).isEqualTo(0x0044_0700);
    }

    @Test
    void frameLongerThanTheChipCanStoreIsDroppedAndCounted() {
        descriptor(RING, END | 2047 << 11 | 2047, BUFFER, BUFFER + 0x1000);
        bench.csr(3, RING);
        bench.csr(6, PROMISCUOUS_ON);
        bench.deliver(anyFrame(2048));
        bench.deliver(new byte[5]);
        assertThat(bench.word(RING)).isEqualTo(OWN);
        assertThat(bench.chip.packetPath().get(Step.RX_BAD_LENGTH)).isEqualTo(2);
        bench.deliver(anyFrame(2047));
        assertThat(bench.word(RING)).isEqualTo(2051 << 16 | 0x0700);
    }

    @Test
    void addressesOutsideMemoryReadZeroAndVanish() {
        descriptor(RING, END | 1600, 0xffff_fff0, 0);
        descriptor(RING + 0x100, FS | LS | END | 100, 0x7000_0000, 0);
        bench.csr(3, RING);
        bench.csr(4, RING + 0x100);
        bench.csr(6, PROMISCUOUS_ON);
        bench.deliver(anyFrame(64));
        assertThat(bench.word(RING)).isNotNegative();
        assertThat(bench.port.sent).containsExactly(new byte[100]);
        bench.csr(3, 0xffff_fff0);
        bench.csr(4, 0xffff_fff0);
        bench.deliver(anyFrame(64));
        bench.advance(20_000_000);
    }

    @Test
    void randomRegistersAndRingsNeverThrow() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Bench swapped = new Bench(true)) {
            swapped.mapBare(WINDOW);
            for (Bench b : new Bench[]{ bench, swapped }) {
                torture(b, random);
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void torture(Bench b, Random random) {
        for (int round = 0; round < 400; round++) {
            for (int i = 0; i < 64; i++) {
                long at = RING + i * 4L;
                b.word(at, random.nextInt(4) == 0 ? RING + (random.nextInt(256) & ~3) : random.nextInt() | OWN);
            }
            for (int i = 0; i < 4; i++) {
                int number = random.nextInt(16);
                b.csr(number, random.nextInt());
            }
            b.csr(3, RING + (random.nextInt(256) & ~3));
            b.csr(4, RING + (random.nextInt(256) & ~3));
            b.csr(6, random.nextInt() | 0x2042);
            b.csr(1, 0);
            b.deliver(anyFrame(1 + random.nextInt(2048)));
            b.advance(random.nextInt(300_000));
            b.map.read(WINDOW + random.nextInt(256), 1 << random.nextInt(4), false);
        }
    }
}
