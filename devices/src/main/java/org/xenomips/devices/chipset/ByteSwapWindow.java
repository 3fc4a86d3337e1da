package org.xenomips.devices.chipset;

import org.xenomips.bits.Bits;
import org.xenomips.device.MmioDevice;
import org.xenomips.memory.PhysicalMap;

/**
 * A view of another part of the physical map in which the bytes of each 32-bit word are exchanged. Targets are reached
 * as by DMA: uncached, memory and devices alike. 64-bit accesses read 0 and write nothing.
 *
 * <p>Thread: machine thread.
 */
public final class ByteSwapWindow implements MmioDevice {
    private final PhysicalMap memory;
    private final long target;

    /** A window whose offset 0 shows physical address {@code target}; the target range must not contain the window. */
    public ByteSwapWindow(PhysicalMap memory, long target) {
        this.memory = memory;
        this.target = target;
    }

    @Override
    public long read(int offset, int sizeBytes) {
        return sizeBytes == 8
                ? 0
                : Bits.swapBytes(memory.read(address(offset, sizeBytes), sizeBytes, false), sizeBytes);
    }

    @Override
    public void write(int offset, int sizeBytes, long value) {
        if (sizeBytes != 8) {
            memory.write(address(offset, sizeBytes), sizeBytes, Bits.swapBytes(value, sizeBytes), false);
        }
    }

    /**
     * Where the bytes of an access lie within the exchanged word: bytes at offset XOR 3, half-words at offset XOR 2.
     */
    private long address(int offset, int sizeBytes) {
        return target + (Integer.toUnsignedLong(offset) ^ 4 - sizeBytes);
    }
}
