package org.xenomips.devices.nic.dec21140;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The chip as software written for compatible machines meets it: no command register, no poll demands, no CSR7, MII with the
 * WR and RD bits. The values are those of the conformance probes {@code dec-regs}, {@code dec-tx} and {@code dec-rx}.
 */
class CompatibleSoftwareTest {
    private static final long ME = 0x0200_5e10_2030L;
    private static final long ME2 = 0x0200_5e10_2031L;
    private static final long GROUP = 0x0100_5e00_0005L;
    private static final long BROADCAST = 0xffff_ffff_ffffL;
    private static final int OWN = 0x8000_0000;
    private static final int IC = 0x8000_0000;
    private static final int LS = 0x4000_0000;
    private static final int FS = 0x2000_0000;
    private static final int SET = 0x0800_0000;
    private static final int END = 0x0200_0000;
    private static final int CHAIN = 0x0100_0000;
    private static final int RX = 0x10_0000;
    private static final int TX = 0x10_1000;
    private static final int RX_BUFFER = 0x11_0000;
    private static final int TX_BUFFER = 0x18_0000;

    private final Bench bench = new Bench(false);

    @BeforeEach
    void map() {
        bench.mapBare(0x1000_0000);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void descriptor(long address, int status, int control, int first, int second) {
        bench.word(address + 4, control);
        bench.word(address + 8, first);
        bench.word(address + 12, second);
        bench.word(address, status);
    }

    private void tx(int i, int status, int control, int first, int second) {
        descriptor(TX + i * 16L, status, control, first, second);
    }

    private void rx(int i, int status, int control, int first, int second) {
        descriptor(RX + i * 16L, status, control, first, second);
    }

    /** Lets guest time pass until the host owns the descriptor again. */
    private boolean comesBack(long address) {
        BooleanSupplier back = () -> bench.word(address) >= 0;
        for (int i = 0; i < 100 && !back.getAsBoolean(); i++) {
            bench.advance(1_000_000);
        }
        return back.getAsBoolean();
    }

    private void setupFrame(long... addresses) {
        for (int i = 0; i < 16; i++) {
            long address = addresses[i < addresses.length ? i : 0];
            for (int k = 0; k < 3; k++) {
                int pair = (int) (address >>> 32 - 16 * k) & 0xffff;
                bench.word(TX_BUFFER + i * 12 + k * 4, pair << 16 | pair);
            }
        }
    }

    private void start(int ring, int size) {
        bench.csr(6, 0x2000);
        for (int i = 0; i < ring; i++) {
            rx(i, OWN, (i == ring - 1 ? END : 0) | size, RX_BUFFER + i * 0x1000, 0);
        }
        bench.csr(3, RX);
        bench.csr(6, 0x2002);
    }

    private void startWithFilter(int ring, int size) {
        setupFrame(ME, ME2, GROUP);
        tx(0, OWN, SET | END | 192, TX_BUFFER, 0);
        bench.csr(4, TX);
        bench.csr(6, 0x2000);
        assertThat(comesBack(TX)).isTrue();
        start(ring, size);
    }

    private void mdo(int bit) {
        int value = 0x2000 | bit << 17;
        bench.csr(9, value);
        bench.csr(9, value | 0x1_0000);
    }

    private void miiCommand(int operation, int phy, int register) {
        for (int i = 0; i < 32; i++) {
            mdo(1);
        }
        int bits = 1 << 12 | operation << 10 | phy << 5 | register;
        for (int i = 13; i >= 0; i--) {
            mdo(bits >> i & 1);
        }
    }

    private int miiRead(int phy, int register) {
        miiCommand(2, phy, register);
        int value = 0;
        for (int i = 0; i < 17; i++) {
            bench.csr(9, 0x4_4000);
            bench.csr(9, 0x5_4000);
            value = value << 1 | bench.csr(9) >> 19 & 1;
        }
        return value & 0xffff;
    }

    private void miiWrite(int phy, int register, int value) {
        miiCommand(1, phy, register);
        mdo(1);
        mdo(0);
        for (int i = 15; i >= 0; i--) {
            mdo(value >> i & 1);
        }
    }

    @Test
    void resetValues() {
        for (int i = 0; i < 16; i++) {
            assertThat(bench.csr(i)).as("CSR%d", i).isEqualTo(i == 0 ? 0xfff8_0000 : i == 5 ? 0xfc00_0000 : 0);
        }
        assertThat(bench.csr(8)).isZero();
    }

    @Test
    void plainRegistersStoreAndSoftwareResetClears() {
        for (int i : new int[]{ 0, 1, 2, 3, 4, 7, 10, 11, 13, 14 }) {
            bench.csr(i, 0x5a5a_0000 + i * 4);
            assertThat(bench.csr(i)).as("CSR%d", i).isEqualTo(0x5a5a_0000 + i * 4);
        }
        bench.csr(7, 0);
        bench.csr(3, 0);
        bench.csr(4, 0);
        bench.csr(0, 1);
        assertThat(bench.csr(0)).isEqualTo(1);
        assertThat(bench.csr(7)).isZero();
        bench.advance(100_000_000);
        assertThat(bench.csr(5)).as("the timer was stopped").isEqualTo(0xfc00_0000);
    }

    @Test
    void processStatesShowWhileTheStartBitsAreSet() {
        int[][] expected = { { 0x2000, 0xfc30_0000 }, { 0x0002, 0xfc06_0000 }, { 0x2002, 0xfc36_0000 },
                { 0, 0xfc00_0000 } };
        for (int[] e : expected) {
            bench.csr(6, e[0]);
            assertThat(bench.csr(6)).isEqualTo(e[0]);
            assertThat(bench.csr(5)).isEqualTo(e[1]);
            bench.advance(50_000_000);
            assertThat(bench.csr(5)).isEqualTo(e[1]);
        }
    }

    @Test
    void managementRegistersAreStorageAtEveryAddressExceptTheLinkBit() {
        for (int phy : new int[]{ 0, 1, 31 }) {
            assertThat(miiRead(phy, 1)).isEqualTo(4);
        }
        assertThat(miiRead(0, 0)).isZero();
        assertThat(miiRead(0, 2)).isZero();
        miiWrite(0, 0, 0x3100);
        miiWrite(0, 4, 0x01e1);
        miiWrite(1, 4, 0x5555);
        miiWrite(0, 1, 0xffff);
        assertThat(miiRead(0, 0)).isEqualTo(0x3100);
        assertThat(miiRead(0, 4)).isEqualTo(0x01e1);
        assertThat(miiRead(1, 4)).isEqualTo(0x5555);
        assertThat(miiRead(2, 4)).isZero();
        assertThat(miiRead(0, 1)).isEqualTo(4);
        bench.port.setLink(false);
        bench.link.poll();
        assertThat(miiRead(0, 1)).isZero();
    }

    @Test
    void setupFrameComesBackAndInterruptsOnlyIfAsked() {
        setupFrame(ME, ME2);
        tx(0, OWN, SET | 192, TX_BUFFER, 0);
        tx(1, 0, END, 0, 0);
        bench.csr(3, RX);
        bench.csr(4, TX);
        bench.csr(6, 0x2000);
        assertThat(comesBack(TX)).isTrue();
        assertThat(bench.word(TX)).isZero();
        assertThat(bench.csr(5)).isEqualTo(0xfc30_0000);
        tx(1, OWN, IC | SET | END | 192, TX_BUFFER, 0);
        assertThat(comesBack(TX + 16)).isTrue();
        assertThat(bench.csr(5)).isEqualTo(0xfc31_0001);
        assertThat(bench.interrupt).isTrue();
        bench.csr(5, 1);
        assertThat(bench.csr(5)).isEqualTo(0xfc30_0000);
        assertThat(bench.interrupt).isFalse();
    }

    @Test
    void framesOfAllSizesAreSentUnpaddedWithoutPollDemand() {
        for (int i = 0; i < 4; i++) {
            tx(i, 0, i == 3 ? END : 0, 0, 0);
        }
        bench.csr(7, 0);
        bench.csr(4, TX);
        bench.csr(6, 0x2000);
        int[] sizes = { 14, 20, 60, 64, 100, 128, 1000, 1514, 1518, 1522 };
        for (int i = 0; i < sizes.length; i++) {
            int d = i & 3;
            byte[] frame = Bench.frame(BROADCAST, 0x88b5, sizes[i], i);
            bench.bytes(TX_BUFFER + d * 0x1000L, frame);
            tx(d, OWN, FS | LS | (d == 3 ? END : 0) | sizes[i], TX_BUFFER + d * 0x1000, 0);
            assertThat(comesBack(TX + d * 16L)).isTrue();
            assertThat(bench.word(TX + d * 16L)).isZero();
            assertThat(bench.port.sent.get(i)).isEqualTo(frame);
        }
        assertThat(bench.csr(5)).isEqualTo(0xfc30_0000);
    }

    @Test
    void frameIsGatheredFromBuffersAndDescriptors() {
        byte[] frame = Bench.frame(BROADCAST, 0x88b5, 700, 77);
        bench.bytes(TX_BUFFER, frame);
        byte[] second = Bench.frame(BROADCAST, 0x88b5, 90, 99);
        bench.bytes(TX_BUFFER + 0x1000, second);
        bench.csr(4, TX);
        tx(1, OWN, 100 << 11 | 200, TX_BUFFER + 64, TX_BUFFER + 264);
        tx(2, OWN, LS | 336, TX_BUFFER + 364, 0);
        tx(3, OWN, FS | LS | END | IC | 90, TX_BUFFER + 0x1000, 0);
        tx(0, OWN, FS | 64, TX_BUFFER, 0);
        bench.csr(6, 0x2000);
        assertThat(comesBack(TX + 48)).isTrue();
        assertThat(bench.port.sent).containsExactly(frame, second);
        for (int i = 0; i < 4; i++) {
            assertThat(bench.word(TX + i * 16L)).isZero();
        }
        assertThat(bench.csr(5)).isEqualTo(0xfc31_0001);
        bench.csr(5, 0x1ffff);
        assertThat(bench.csr(5)).isEqualTo(0xfc30_0000);
    }

    @Test
    void frameWhoseLastSegmentIsMissingWaitsForIt() {
        byte[] frame = Bench.frame(BROADCAST, 0x88b5, 200, 7);
        bench.bytes(TX_BUFFER, frame);
        bench.csr(4, TX);
        tx(1, 0, LS | END | 100, TX_BUFFER + 100, 0);
        tx(0, OWN, FS | 100, TX_BUFFER, 0);
        bench.csr(6, 0x2000);
        bench.advance(30_000_000);
        assertThat(bench.port.sent).isEmpty();
        assertThat(bench.word(TX)).isEqualTo(OWN);
        bench.word(TX + 16, OWN);
        assertThat(comesBack(TX)).isTrue();
        assertThat(bench.port.sent).containsExactly(frame);
    }

    @Test
    void chainedDescriptorsGoRound() {
        int[] order = { 5, 9, 7 };
        for (int i = 0; i < 3; i++) {
            bench.bytes(TX_BUFFER + i * 0x1000L, Bench.frame(BROADCAST, 0x88b5, 80 + i, i));
            tx(order[i], OWN, FS | LS | CHAIN | 80 + i, TX_BUFFER + i * 0x1000, TX + order[(i + 1) % 3] * 16);
        }
        bench.csr(4, TX + 5 * 16);
        bench.csr(6, 0x2000);
        assertThat(comesBack(TX + 7 * 16)).isTrue();
        tx(5, OWN, FS | LS | CHAIN | 80, TX_BUFFER, TX + 9 * 16);
        assertThat(comesBack(TX + 5 * 16)).isTrue();
        assertThat(bench.port.sent).extracting(f -> f.length).containsExactly(80, 81, 82, 80);
    }

    @Test
    void nothingMovesWhileStopped() {
        bench.csr(4, TX);
        tx(0, OWN, FS | LS | END | 70, TX_BUFFER, 0);
        bench.advance(100_000_000);
        bench.csr(1, 1);
        bench.advance(100_000_000);
        assertThat(bench.word(TX)).isEqualTo(OWN);
        bench.csr(6, 0x2000);
        assertThat(comesBack(TX)).isTrue();
    }

    @Test
    void enabledInterruptsComeOncePerRequestAndNoneWithout() {
        bench.csr(4, TX);
        bench.csr(6, 0x2000);
        bench.csr(7, 0x0001_8041);
        for (int i = 0; i < 3; i++) {
            tx(0, OWN, FS | LS | END | IC | 60 + i, TX_BUFFER, 0);
            assertThat(comesBack(TX)).isTrue();
            assertThat(bench.interrupt).isTrue();
            assertThat(bench.csr(5)).isEqualTo(0xfc31_0001);
            bench.csr(5, 0x1_0001);
            assertThat(bench.interrupt).isFalse();
        }
        tx(0, OWN, FS | LS | END | 60, TX_BUFFER, 0);
        assertThat(comesBack(TX)).isTrue();
        bench.advance(50_000_000);
        assertThat(bench.csr(5)).isEqualTo(0xfc30_0000);
        assertThat(bench.interrupt).isFalse();
    }

    @Test
    void burstOfFortyIsSentInOrder() {
        for (int i = 0; i < 40; i++) {
            bench.bytes(TX_BUFFER + i * 256L, Bench.frame(BROADCAST, 0x88b5, 64 + i, i * 3));
            tx(i, OWN, FS | LS | (i == 39 ? END : 0) | 64 + i, TX_BUFFER + i * 256, 0);
        }
        bench.csr(4, TX);
        bench.csr(6, 0x2000);
        assertThat(comesBack(TX + 39 * 16)).isTrue();
        assertThat(bench.port.sent).extracting(f -> f.length)
                .isEqualTo(java.util.stream.IntStream.range(64, 104).boxed().toList());
    }

    @Test
    void idleRingIsPolledHundredTimesASecondAtMost() {
        bench.csr(4, TX);
        tx(0, 0, END, 0, 0);
        bench.csr(6, 0x2000);
        bench.advance(30_000_000);
        for (int i = 0; i < 10; i++) {
            long deadline = bench.timers.nextDeadlineNs();
            assertThat(deadline - bench.clock.nowNs()).isBetween(1L, 10_000_000L);
            assertThat(deadline % 10_000_000L).as("shared by all chips").isZero();
            bench.advance(deadline - bench.clock.nowNs());
        }
        bench.deliver(Bench.frame(BROADCAST, 0x0800, 60, 0));
        start(2, 1600);
        bench.deliver(Bench.frame(BROADCAST, 0x0800, 60, 0));
        assertThat(bench.timers.nextDeadlineNs() - bench.clock.nowNs()).as("an answer is likely")
                .isLessThanOrEqualTo(200_000);
        bench.csr(6, 0);
        assertThat(bench.timers.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void receivedFramesReportTheirLengthWithoutPadding() {
        startWithFilter(4, 1600);
        int[] sizes = { 60, 64, 65, 20, 14, 512, 1514, 1518, 1522, 1590 };
        for (int i = 0; i < sizes.length; i++) {
            byte[] frame = Bench.frame(ME, 0x88b5, sizes[i], i * 5);
            bench.deliver(frame);
            long d = RX + (i & 3) * 16L;
            assertThat(bench.word(d)).isEqualTo(sizes[i] + 4 << 16 | 0x0300);
            assertThat(bench.bytes(RX_BUFFER + (i & 3) * 0x1000L, sizes[i])).isEqualTo(frame);
            bench.word(d, OWN);
        }
        bench.deliver(Bench.frame(GROUP, 0x88b5, 70, 9));
        assertThat(bench.word(RX + 2 * 16)).isEqualTo(0x004a_0700);
        bench.deliver(Bench.frame(BROADCAST, 0x88b5, 71, 9));
        assertThat(bench.word(RX + 3 * 16)).isEqualTo(0x004b_0700);
        assertThat(bench.csr(5)).isEqualTo(0xfc37_0040);
        assertThat(bench.interrupt).isTrue();
        bench.csr(5, 0x1ffff);
        assertThat(bench.csr(5)).isEqualTo(0xfc36_0000);
        assertThat(bench.csr(8)).isZero();
    }

    @Test
    void broadcastPassesUnlistedAndPromiscuousTakesAll() {
        startWithFilter(8, 1600);
        long other = 0x0200_5e10_2099L;
        for (long destination : new long[]{ ME, ME2, other, GROUP, BROADCAST }) {
            bench.deliver(Bench.frame(destination, 0x88b5, 64, 0));
        }
        assertThat(bench.word(RX + 3 * 16)).isPositive();
        assertThat(bench.word(RX + 4 * 16)).isEqualTo(OWN);
        bench.csr(6, 0x2042);
        bench.deliver(Bench.frame(other, 0x88b5, 64, 0));
        assertThat(bench.word(RX + 4 * 16)).isEqualTo(0x0044_0300);
    }

    @Test
    void overlongFrameIsSplitOverDescriptors() {
        startWithFilter(6, 100);
        byte[] frame = Bench.frame(ME, 0x88b5, 350, 33);
        bench.deliver(frame);
        int[] expected = { 0x0000_0200, 0, 0, 0x0162_0100, OWN };
        for (int i = 0; i < expected.length; i++) {
            assertThat(bench.word(RX + i * 16L)).isEqualTo(expected[i]);
        }
        assertThat(bench.bytes(RX_BUFFER + 0x3000, 50)).isEqualTo(java.util.Arrays.copyOfRange(frame, 300, 350));
    }

    @Test
    void secondBufferSizeStartsAtBitEleven() {
        startWithFilter(1, 100);
        bench.csr(6, 0x2000);
        for (int i = 0; i < 3; i++) {
            rx(i, OWN, (i == 2 ? END : 0) | 128 << 11 | 64, RX_BUFFER + i * 0x1000, RX_BUFFER + i * 0x1000 + 0x800);
        }
        bench.ram.fill(RX_BUFFER, 0x3000, (byte) 0xee);
        bench.csr(3, RX);
        bench.csr(6, 0x2002);
        bench.deliver(Bench.frame(ME, 0x88b5, 150, 44));
        assertThat(bench.word(RX)).isEqualTo(0x009a_0300);
        byte[] frame = Bench.frame(ME, 0x88b5, 300, 45);
        bench.deliver(frame);
        assertThat(bench.word(RX + 16)).isPositive();
        assertThat(bench.word(RX + 32)).isPositive();
        assertThat(bench.bytes(RX_BUFFER + 0x1800, 128)).isEqualTo(java.util.Arrays.copyOfRange(frame, 64, 192));
        assertThat(bench.bytes(RX_BUFFER + 0x1800 + 128, 1)).containsExactly(0xee);
    }

    @Test
    void fullRingLosesFramesSilentlyUntilDescriptorsAreFreed() {
        startWithFilter(2, 1600);
        for (int i = 1; i <= 4; i++) {
            bench.deliver(Bench.frame(ME, 0x8900 + i, 64, i));
        }
        assertThat(bench.word(RX)).isEqualTo(0x0044_0300);
        assertThat(bench.word(RX + 16)).isEqualTo(0x0044_0300);
        assertThat(bench.csr(5)).isEqualTo(0xfc37_0040);
        assertThat(bench.csr(8)).isZero();
        bench.word(RX, OWN);
        bench.word(RX + 16, OWN);
        bench.csr(2, 1);
        bench.advance(200_000_000);
        assertThat(bench.word(RX)).isEqualTo(OWN);
        bench.deliver(Bench.frame(ME, 0x8905, 64, 5));
        assertThat(bench.bytes(RX_BUFFER + 12, 2)).containsExactly(0x89, 0x05);
        bench.csr(6, 0x2000);
        bench.csr(5, 0x1ffff);
        bench.deliver(Bench.frame(ME, 0x8906, 64, 6));
        assertThat(bench.csr(5) & 0x40).isZero();
    }
}
