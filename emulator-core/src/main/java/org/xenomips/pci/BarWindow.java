package org.xenomips.pci;

import org.jspecify.annotations.Nullable;
import org.xenomips.device.MmioDevice;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.memory.Region;

/**
 * What a base address register places: one window of a function. Thread: machine thread.
 */
public interface BarWindow {
    /** Makes the window visible at {@code busAddress} (unsigned 32 bits), {@code length} bytes long, and nowhere else. */
    void place(long busAddress, long length);

    /** Makes the window invisible; idempotent. */
    void remove();

    /** A window onto {@code device} in {@code map}, visible to uncached accesses; bus addresses are physical addresses. */
    static BarWindow of(PhysicalMap map, String name, MmioDevice device) {
        return new BarWindow() {
            private @Nullable Region region;

            @Override
            public void place(long busAddress, long length) {
                remove();
                region = map.mapDevice(name, busAddress, length, false, device);
            }

            @Override
            public void remove() {
                Region mapped = region;
                if (mapped != null) {
                    map.unmap(mapped);
                    region = null;
                }
            }
        };
    }

    /** A window that nothing can see: the register can be sized and assigned, but the board forwards no accesses to it. */
    static BarWindow unreachable() {
        return new BarWindow() {
            @Override
            public void place(long busAddress, long length) {}

            @Override
            public void remove() {}
        };
    }
}
