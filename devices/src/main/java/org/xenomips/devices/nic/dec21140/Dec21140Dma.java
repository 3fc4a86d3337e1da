package org.xenomips.devices.nic.dec21140;

import java.util.function.BooleanSupplier;
import org.xenomips.memory.DmaBus;

/**
 * The chip as a bus master, step 5 of a received frame's way: descriptor words and buffer bytes in the byte order that the system controller's and the chip's
 * settings give together.
 *
 * <p>With byte swapping in the system controller (a stock operating system) descriptors are little-endian unless CSR0.DBO is set,
 * and buffers are in natural order unless CSR0.BLE is set. Without swapping (the platform's own software) descriptors are
 * big-endian and buffers in natural order whatever CSR0 says: that software runs on compatible machines where CSR0 has no effect.
 *
 * <p>While the chip is a bus master it cannot be a target: {@link #isActive} tells the register window to stay silent, so a
 * descriptor or buffer address inside the chip's own window leads nowhere.
 *
 * <p>Thread: machine thread.
 */
final class Dec21140Dma {
    private static final long BUS_MASK = 0xffff_ffffL;

    private final DmaBus bus;
    private final BooleanSupplier byteSwap;
    private final byte[] oneByte = new byte[1];
    private boolean littleEndianDescriptors;
    private boolean reversedBuffers;
    private int active;

    Dec21140Dma(DmaBus bus, BooleanSupplier byteSwap) {
        this.bus = bus;
        this.byteSwap = byteSwap;
    }

    /** Becomes bus master with the byte order that holds now; to be followed by {@link #end}. */
    void begin(int csr0) {
        boolean swap = byteSwap.getAsBoolean();
        littleEndianDescriptors = swap && !Csr0.DBO.isSet(csr0);
        reversedBuffers = swap && Csr0.BLE.isSet(csr0);
        active++;
    }

    void end() {
        active--;
    }

    boolean isActive() {
        return active != 0;
    }

    /** Word {@code index} of the descriptor at {@code address}. */
    int word(long address, int index) {
        int value = bus.readWord(address + 4L * index & BUS_MASK);
        return littleEndianDescriptors ? Integer.reverseBytes(value) : value;
    }

    /** Replaces word 0 of the descriptor at {@code address}. */
    void setStatus(long address, int value) {
        bus.writeWord(address & BUS_MASK, littleEndianDescriptors ? Integer.reverseBytes(value) : value);
    }

    /** Copies {@code length} bytes of a buffer to {@code into[at..]}. */
    void read(int address, byte[] into, int at, int length) {
        long from = Integer.toUnsignedLong(address);
        if (!reversedBuffers) {
            bus.read(from, into, at, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            bus.read(from + i & BUS_MASK ^ 3, into, at + i, 1);
        }
    }

    /** Copies {@code length} bytes of {@code from[at..]} to a buffer. */
    void write(int address, byte[] from, int at, int length) {
        long to = Integer.toUnsignedLong(address);
        if (!reversedBuffers) {
            bus.write(to, from, at, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            oneByte[0] = from[at + i];
            bus.write(to + i & BUS_MASK ^ 3, oneByte, 0, 1);
        }
    }
}
