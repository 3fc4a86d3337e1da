package org.xenomips.pci;

import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;

/**
 * A PCI function that only identifies itself: ids and class; every other register reads 0 and ignores writes. It has no
 * state.
 *
 * <p>Thread: machine thread.
 */
public final class FixedFunction implements PciFunction {
    private static final int CLASS_REVISION = 0x08;

    private final int vendorDevice;
    private final int classRevision;

    /** A function with {@code vendorDevice} in register 0 and {@code classRevision} in register 8. */
    public FixedFunction(int vendorDevice, int classRevision) {
        this.vendorDevice = vendorDevice;
        this.classRevision = classRevision;
    }

    @Override
    public int vendorDevice() {
        return vendorDevice;
    }

    @Override
    public int configRead(int register) {
        return register == CLASS_REVISION ? classRevision : 0;
    }

    @Override
    public void configWrite(int register, int value) {}

    @Override
    public void reset() {}

    @Override
    public void save(SnapshotWriter out) {}

    @Override
    public void restore(SnapshotReader in) {}
}
