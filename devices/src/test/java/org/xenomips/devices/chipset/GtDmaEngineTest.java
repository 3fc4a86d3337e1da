package org.xenomips.devices.chipset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.pci.PciBus;
import org.xenomips.pci.PciHost;
import org.xenomips.time.TimerQueue;
import org.xenomips.time.VirtualClock;

/** DMA as a guest programs it, mostly guests that mean harm. */
class GtDmaEngineTest {
    private static final int CONTROL = 0x840;
    private static final int NEXT_RECORD = 0x830;
    private static final int CAUSE = 0xc18;
    private static final int ENABLE_AND_FETCH = 0x3000;
    private static final int RECORD = 0x1000;

    private final GuestRam ram = new GuestRam("ram", 1 << 20);
    private final PhysicalMap memory = new PhysicalMap();
    private final TimerQueue timers = new TimerQueue();
    private final VirtualClock clock = new VirtualClock(100_000_000);
    private boolean line;
    private final Gt64xxxDevice gt = new Gt64xxxDevice("gt0", GtModel.GT64120, memory, asserted -> line = asserted,
            timers,
            clock, List.of(new PciHost(new PciBus("root 0")), new PciHost(new PciBus("root 1"))));

    GtDmaEngineTest() {
        memory.mapRam("ram", 0, ram.size(), ram, 0);
    }

    @AfterEach
    void free() {
        ram.close();
    }

    private int read(int offset) {
        return Integer.reverseBytes((int) gt.read(offset, 4));
    }

    private void write(int offset, int value) {
        gt.write(offset, 4, Integer.reverseBytes(value) & 0xffff_ffffL);
    }

    private void record(int at, int count, int source, int destination, int next) {
        int[] words = { count, source, destination, next };
        for (int i = 0; i < words.length; i++) {
            ram.write(at + 4L * i, 4, Integer.reverseBytes(words[i]));
        }
    }

    private void start(int recordAddress) {
        write(NEXT_RECORD, recordAddress);
        write(CONTROL, ENABLE_AND_FETCH);
    }

    private void passMilliseconds(int count) {
        for (int i = 0; i < count; i++) {
            clock.idleUntil(clock.nowNs() + GtDmaEngine.TICK_NS);
            timers.runDue(clock.nowNs());
        }
    }

    @Test
    void chainThatRunsInACircleDoesNotHangAndEndsWhenDisabled() {
        ram.write(0x2000, 4, 0x1234_5678);
        record(RECORD, 4, 0x2000, 0x3000, RECORD);
        start(RECORD);
        assertThat(ram.read(0x3000, 4)).isEqualTo(0x1234_5678);
        assertThat(read(CAUSE)).as("not complete").isZero();
        passMilliseconds(5);
        assertThat(timers.nextDeadlineNs()).isNotEqualTo(TimerQueue.NEVER);
        write(CONTROL, 0);
        assertThat(timers.nextDeadlineNs()).isEqualTo(TimerQueue.NEVER);
        assertThat(read(CAUSE)).isZero();
    }

    @Test
    void circleOfEmptyRecordsDoesNotHang() {
        record(RECORD, 0, 0, 0, RECORD);
        start(RECORD);
        passMilliseconds(3);
        assertThat(read(CAUSE)).isZero();
    }

    @Test
    void longChainCompletesLaterWithItsInterrupt() {
        int records = 200;
        for (int i = 0; i < records; i++) {
            record(0x1_0000 + 16 * i, 0xffff, 0x2_0000, 0x4_0000, i == records - 1 ? 0 : 0x1_0000 + 16 * (i + 1));
        }
        write(0xc1c, 0x10);
        start(0x1_0000);
        assertThat(line).isFalse();
        passMilliseconds(100);
        assertThat(read(CAUSE)).isEqualTo(0x10);
        assertThat(line).isTrue();
        write(CAUSE, 0);
        assertThat(line).isFalse();
    }

    @Test
    void chainCutInTheMiddleByTheGuestEndsThere() {
        record(RECORD, 4, 0x2000, 0x3000, RECORD);
        start(RECORD);
        record(RECORD, 4, 0x2000, 0x3000, 0);
        passMilliseconds(2);
        assertThat(read(CAUSE)).isEqualTo(0x10);
    }

    @Test
    void transferStopsAtADeviceButIsReportedComplete() {
        memory.mapDevice("window", 0x20_0000, 0x1000, false, new BitBucket());
        ram.fill(0x3000, 16, (byte) 0x55);
        record(RECORD, 16, 0x20_0000, 0x3000, 0);
        start(RECORD);
        assertThat(ram.read(0x3000, 4)).isEqualTo(0x5555_5555);
        assertThat(read(CAUSE)).isEqualTo(0x10);
    }

    @Test
    void transferIntoReadOnlyMemoryStops() {
        try (GuestRam rom = new GuestRam("rom", 4096)) {
            memory.mapRom("rom", 0x40_0000, rom);
            ram.write(0x2000, 4, 0x1234_5678);
            record(RECORD, 4, 0x2000, 0x40_0000, 0);
            start(RECORD);
            assertThat(rom.read(0, 4)).isZero();
            record(RECORD, 4, 0x40_0000, 0x2000, 0);
            start(RECORD);
            assertThat(ram.read(0x2000, 4)).isEqualTo(0x1234_5678);
        }
    }

    @Test
    void transferAcrossTheEndOfMemoryCopiesWhatIsThere() {
        ram.fill((1 << 20) - 8, 8, (byte) 0x77);
        record(RECORD, 64, (1 << 20) - 8, 0x3000, 0);
        start(RECORD);
        assertThat(ram.read(0x3000, 8)).isEqualTo(0x7777_7777_7777_7777L);
        assertThat(ram.read(0x3008, 8)).isZero();
        assertThat(read(CAUSE)).isEqualTo(0x10);
    }

    @Test
    void countAboveSixteenBitsIsCut() {
        ram.fill(0x2000, 64, (byte) 0x77);
        record(RECORD, 0x7fff_0002, 0x2000, 0x3000, 0);
        start(RECORD);
        assertThat(ram.read(0x3000, 4)).isEqualTo(0x7777_0000);
    }

    @Test
    void transferProgrammedThroughRegistersUsesTheCountOfTheLastRecord() {
        ram.fill(0x2000, 64, (byte) 0x77);
        record(RECORD, 6, 0x2000, 0x3000, 0);
        start(RECORD);
        write(0x810, 0x2000);
        write(0x820, 0x5000);
        write(CONTROL, 0x1200);
        assertThat(ram.read(0x5000, 8)).isEqualTo(0x7777_7777_7777_0000L);
    }

    @Test
    void channelsAreIndependent() {
        for (int channel = 0; channel < GtDmaEngine.CHANNELS; channel++) {
            ram.write(0x2000, 4, 0x1000_0000 + channel);
            record(RECORD, 4, 0x2000, 0x3000 + 4 * channel, 0);
            write(NEXT_RECORD + 4 * channel, RECORD);
            write(CONTROL + 4 * channel, ENABLE_AND_FETCH);
            assertThat(ram.read(0x3000 + 4L * channel, 4)).isEqualTo(0x1000_0000 + channel);
        }
        assertThat(read(CAUSE)).isEqualTo(0xf0);
    }

    @Test
    void randomRegisterWritesNeverThrow() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try {
            for (int i = 0; i < 2_000; i++) {
                int offset = 0x800 + 4 * random.nextInt(0x20);
                write(offset, random.nextBoolean() ? random.nextInt() : random.nextInt(1 << 20));
                if (i % 100 == 0) {
                    passMilliseconds(1);
                }
            }
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void narrowWriteIsReversedAsAWord() {
        gt.write(0xc1c, 1, 0x12);
        assertThat(read(0xc1c)).isEqualTo(0x1200_0000);
    }

    @Test
    void masterByteSwapIsOffAtResetAndSelectedByWritingZeroToItsBit() {
        assertThat(gt.byteSwap()).isFalse();
        write(0xc00, 0);
        assertThat(gt.byteSwap()).isTrue();
        assertThat(read(0xc00)).isZero();
        write(0xc00, 0x0001_0001);
        assertThat(gt.byteSwap()).isFalse();
        write(0xc00, 0);
        gt.reset();
        assertThat(gt.byteSwap()).isFalse();
        assertThat(read(0xc00)).isEqualTo(0x8001);
    }

    @Test
    void snapshotContinuesAnUnfinishedChain() throws SnapshotException {
        record(RECORD, 4, 0x2000, 0x3000, RECORD);
        write(0xc1c, 0x10);
        start(RECORD);
        SnapshotWriter saved = new SnapshotWriter();
        gt.save(saved);
        gt.reset();
        assertThat(timers.nextDeadlineNs()).isEqualTo(TimerQueue.NEVER);
        gt.restore(saved.reader("gt"));
        record(RECORD, 4, 0x2000, 0x3000, 0);
        passMilliseconds(2);
        assertThat(line).isTrue();
        assertThat(read(0xc1c)).isEqualTo(0x10);
    }
}
