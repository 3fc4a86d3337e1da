package org.xenomips.devices.chipset;

import org.xenomips.device.MmioDevice;

/** A window that reads 0 and ignores writes: a decoded address range without anything behind it. */
public final class BitBucket implements MmioDevice {
    @Override
    public long read(int offset, int sizeBytes) {
        return 0;
    }

    @Override
    public void write(int offset, int sizeBytes, long value) {}

    @Override
    public boolean isIdempotentRead(int offset) {
        return true;
    }
}
