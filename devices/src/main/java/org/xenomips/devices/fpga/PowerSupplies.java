package org.xenomips.devices.fpga;

import org.xenomips.bits.Bits;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/** The two power supplies, switched by the midplane FPGA and measured by the I/O FPGA. Thread: machine thread. */
public final class PowerSupplies implements Resettable, Snapshotable {
    private static final int ALL = 3;

    private final Runnable powerOff;
    private int status = ALL;

    /** {@code powerOff} runs when the guest switches both supplies off. */
    public PowerSupplies(Runnable powerOff) {
        this.powerOff = powerOff;
    }

    /** Bit n = supply n is on. */
    int status() {
        return status;
    }

    /** The guest switches the supplies: bits 1:0 of {@code value}. */
    void guestWrites(int value) {
        status = value & ALL;
        if (status == 0) {
            powerOff.run();
        }
    }

    /** Someone outside switches {@code supply} (0 or 1); this never stops the machine. */
    public void set(int supply, boolean on) {
        status = Bits.with(status, supply, on) & ALL;
    }

    @Override
    public void reset() {
        status = ALL;
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putInt("status", status);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        status = in.getInt("status") & ALL;
    }
}
