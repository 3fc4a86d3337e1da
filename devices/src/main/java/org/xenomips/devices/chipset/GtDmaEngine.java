package org.xenomips.devices.chipset;

import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA0_CONTROL;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA0_DESTINATION;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA0_NEXT_RECORD;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA0_SOURCE;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA1_CONTROL;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA1_DESTINATION;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA1_NEXT_RECORD;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA1_SOURCE;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA2_CONTROL;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA2_DESTINATION;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA2_NEXT_RECORD;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA2_SOURCE;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA3_CONTROL;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA3_DESTINATION;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA3_NEXT_RECORD;
import static org.xenomips.devices.chipset.Gt64xxxRegisters.DMA3_SOURCE;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.xenomips.device.RegisterFile;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.devices.chipset.Gt64xxxRegisters.DmaControl;
import org.xenomips.memory.HostMemory;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.memory.Region;
import org.xenomips.telemetry.DeviceLog;
import org.xenomips.time.GuestClock;
import org.xenomips.time.TimerQueue;

/**
 * The four DMA channels of a GT-64xxx: memory to memory, byte by byte, with chains of records. A transfer is complete
 * before the write of the control register returns, unless a chain exceeds {@link #WORK_PER_WRITE}: then the rest is
 * done in portions of {@link #WORK_PER_TICK} every {@link #TICK_NS}, so that a chain that runs in a circle costs a
 * bounded share of the host and ends when the guest clears the channel's enable bit.
 *
 * <p>A record is 16 bytes: byte count, source, destination, next record pointer, each a little-endian word. Both ends
 * must be directly mapped, writable memory; elsewhere the transfer ends early, and is reported complete all the same.
 *
 * <p>Thread: machine thread.
 *
 * @see "Galileo GT-64120A data sheet, chapter 8 'DMA Controllers'"
 */
final class GtDmaEngine implements Resettable, Snapshotable {
    static final int CHANNELS = 4;
    /** Bytes (and {@link #RECORD_WORK} per record) done within one write of a control register. */
    static final int WORK_PER_WRITE = 4 << 20;
    /** The same for each later portion. */
    static final int WORK_PER_TICK = 256 << 10;
    /** Guest time between portions, in nanoseconds. */
    static final long TICK_NS = 1_000_000;
    /** What one record costs in addition to its bytes. */
    private static final int RECORD_WORK = 256;

    private static final Gt64xxxRegisters[] SOURCE = { DMA0_SOURCE, DMA1_SOURCE, DMA2_SOURCE, DMA3_SOURCE };
    private static final Gt64xxxRegisters[] DESTINATION = { DMA0_DESTINATION, DMA1_DESTINATION, DMA2_DESTINATION,
            DMA3_DESTINATION };
    private static final Gt64xxxRegisters[] NEXT_RECORD = { DMA0_NEXT_RECORD, DMA1_NEXT_RECORD, DMA2_NEXT_RECORD,
            DMA3_NEXT_RECORD };
    private static final Gt64xxxRegisters[] CONTROL = { DMA0_CONTROL, DMA1_CONTROL, DMA2_CONTROL, DMA3_CONTROL };

    private final String chip;
    private final RegisterFile<Gt64xxxDevice, Gt64xxxRegisters> registers;
    private final PhysicalMap memory;
    private final GuestClock clock;
    private final IntConsumer completed;
    private final TimerQueue.Timer[] continuations = new TimerQueue.Timer[CHANNELS];
    /** Byte counts: only a record can set them, software cannot see them. */
    private final int[] counts = new int[CHANNELS];
    private final byte[] buffer = new byte[HostMemory.PAGE_SIZE];

    /** {@code completed} is told the number of a channel whose work is done. */
    GtDmaEngine(String chip, RegisterFile<Gt64xxxDevice, Gt64xxxRegisters> registers, PhysicalMap memory,
            TimerQueue timers, GuestClock clock, IntConsumer completed) {
        this.chip = chip;
        this.registers = registers;
        this.memory = memory;
        this.clock = clock;
        this.completed = completed;
        for (int i = 0; i < CHANNELS; i++) {
            int channel = i;
            continuations[i] = timers.timer(chip + " DMA " + i, () -> run(channel, WORK_PER_TICK));
        }
    }

    /** The control register of {@code channel} (0..3) has been written. */
    void controlWritten(int channel) {
        continuations[channel].cancel();
        if (DmaControl.FetNexRec.isSet(registers.get(CONTROL[channel]))) {
            if (registers.get(NEXT_RECORD[channel]) == 0) {
                DeviceLog.guestError(chip, "DMA channel " + channel + " told to fetch a record at address 0");
                return;
            }
            loadRecord(channel);
        }
        if (DmaControl.ChanEn.isSet(registers.get(CONTROL[channel]))) {
            run(channel, WORK_PER_WRITE);
        }
    }

    private void run(int channel, int budget) {
        int left = budget;
        transfer(channel);
        while (isChained(channel)) {
            left -= RECORD_WORK + (counts[channel] & 0xffff);
            loadRecord(channel);
            if (left <= 0) {
                continuations[channel].arm(clock.nowNs() + TICK_NS);
                return;
            }
            transfer(channel);
        }
        completed.accept(channel);
    }

    private boolean isChained(int channel) {
        return !DmaControl.ChainMod.isSet(registers.get(CONTROL[channel])) && registers.get(NEXT_RECORD[channel]) != 0;
    }

    private void loadRecord(int channel) {
        long at = Integer.toUnsignedLong(registers.get(NEXT_RECORD[channel]));
        counts[channel] = recordWord(at);
        registers.set(SOURCE[channel], recordWord(at + 4));
        registers.set(DESTINATION[channel], recordWord(at + 8));
        registers.set(NEXT_RECORD[channel], recordWord(at + 12));
        registers.clearBits(CONTROL[channel], DmaControl.FetNexRec.mask());
    }

    private int recordWord(long address) {
        return Integer.reverseBytes(memory.readWord(address));
    }

    /** Copies in pieces that cross no page boundary on either side. */
    private void transfer(int channel) {
        long source = Integer.toUnsignedLong(registers.get(SOURCE[channel]));
        long destination = Integer.toUnsignedLong(registers.get(DESTINATION[channel]));
        int left = counts[channel] & 0xffff;
        while (left > 0) {
            int piece = Math.min(left, Math.min(toPageEnd(source), toPageEnd(destination)));
            if (!isDirect(memory.find(source, false)) || !isDirect(memory.find(destination, false))) {
                DeviceLog.guestError(chip, "DMA channel " + channel + " reached something that is not memory");
                return;
            }
            memory.read(source, buffer, 0, piece);
            memory.write(destination, buffer, 0, piece);
            source += piece;
            destination += piece;
            left -= piece;
        }
    }

    private static int toPageEnd(long address) {
        return HostMemory.PAGE_SIZE - (int) (address & HostMemory.PAGE_SIZE - 1);
    }

    private static boolean isDirect(@Nullable Region region) {
        return region != null && region.ram() != null && region.writable();
    }

    @Override
    public void reset() {
        java.util.Arrays.fill(counts, 0);
        for (TimerQueue.Timer continuation : continuations) {
            continuation.cancel();
        }
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putInts("counts", counts);
        for (int i = 0; i < CHANNELS; i++) {
            out.putLong("continuation" + i, continuations[i].deadlineNs());
        }
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.getInts("counts", counts);
        for (int i = 0; i < CHANNELS; i++) {
            continuations[i].arm(in.getLong("continuation" + i));
        }
    }
}
