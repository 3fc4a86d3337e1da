package org.xenomips.device;

import org.jspecify.annotations.Nullable;
import org.xenomips.telemetry.DeviceLog;

/**
 * The register values of one chip, with the access rules of their declarations. Decoding is by exact offset; an undefined offset
 * reads 0, ignores writes and is reported once.
 *
 * <p>Thread: machine thread.
 *
 * @param <D> the device
 * @param <R> the enum that declares its registers
 */
public final class RegisterFile<D, R extends Enum<R> & RegisterSpec<D>> implements Snapshotable {
    private final String chip;
    private final D device;
    private final R[] registers;
    private final int[] values;
    /** Register ordinal by offset, -1 = undefined. */
    private final short[] byOffset;

    /** Registers of {@code type}, at their reset values; {@code chip} names the device in messages and snapshots. */
    public RegisterFile(String chip, D device, Class<R> type) {
        this.chip = chip;
        this.device = device;
        this.registers = type.getEnumConstants();
        this.values = new int[registers.length];
        int window = 0;
        for (R r : registers) {
            window = Math.max(window, r.register().offset() + 1);
        }
        this.byOffset = new short[window];
        java.util.Arrays.fill(byOffset, (short) -1);
        for (R r : registers) {
            int offset = r.register().offset();
            if (byOffset[offset] >= 0) {
                throw new IllegalStateException(chip + ": two registers at 0x" + Integer.toHexString(offset));
            }
            byOffset[offset] = (short) r.ordinal();
        }
        reset();
    }

    /** All registers to their reset values; runs no hooks. */
    public void reset() {
        for (R r : registers) {
            values[r.ordinal()] = r.register().resetValue();
        }
    }

    /** The stored value, without hooks. */
    public int get(R register) {
        return values[register.ordinal()];
    }

    /** Replaces the stored value, without hooks. */
    public void set(R register, int value) {
        values[register.ordinal()] = value;
    }

    /** Sets the bits of {@code mask}. */
    public void setBits(R register, int mask) {
        values[register.ordinal()] |= mask;
    }

    /** Clears the bits of {@code mask}. */
    public void clearBits(R register, int mask) {
        values[register.ordinal()] &= ~mask;
    }

    /** The register at exactly {@code offset}, or null. */
    public @Nullable R at(int offset) {
        int ordinal = offset >= 0 && offset < byOffset.length ? byOffset[offset] : -1;
        return ordinal < 0 ? null : registers[ordinal];
    }

    /** A guest read. */
    public int read(int offset) {
        R r = at(offset);
        if (r == null) {
            DeviceLog.undefinedRead(chip, offset);
            return 0;
        }
        int stored = values[r.ordinal()];
        int result = r.register().deliver(device, stored);
        int clear = r.register().clearOnReadMask();
        if (clear != 0) {
            values[r.ordinal()] &= ~clear;
        }
        return result;
    }

    /** A guest write. */
    public void write(int offset, int value) {
        R r = at(offset);
        if (r == null) {
            DeviceLog.undefinedWrite(chip, offset, value);
            return;
        }
        Register<D> register = r.register();
        values[r.ordinal()] = register.store(device, values[r.ordinal()], value);
        register.finishWrite(device, values[r.ordinal()]);
    }

    /** True when reading {@code offset} changes nothing. */
    public boolean readIsPure(int offset) {
        R r = at(offset);
        return r == null || r.register().readIsPure();
    }

    @Override
    public void save(SnapshotWriter out) {
        for (R r : registers) {
            out.putInt(r.name(), values[r.ordinal()]);
        }
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        for (R r : registers) {
            values[r.ordinal()] = in.getInt(r.name());
        }
    }
}
