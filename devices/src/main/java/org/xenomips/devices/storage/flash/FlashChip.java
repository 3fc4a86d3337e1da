package org.xenomips.devices.storage.flash;

import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.telemetry.DeviceLog;

/**
 * One byte-wide 2 MB flash chip, a 28F016SA as software sees it when nothing takes time: its status is always "ready,
 * no error".
 *
 * <p>Deviation: programming overwrites (the chip can only clear bits), an erase begins at the written offset instead of
 * its block, and the status is left by one read; guests of this platform are tuned to that.
 *
 * <p>Thread: machine thread; writes inside a store of the image's keeper.
 *
 * @see "Intel 28F016SA data sheet, section 4.3 '28F008SA-Compatible Mode Command Bus Definitions'"
 */
final class FlashChip implements Resettable, Snapshotable {
    /** Bytes of the chip. */
    static final int SIZE = 2 << 20;
    /** Bytes erased at once. */
    static final int BLOCK_BYTES = 0x1_0000;

    private static final int READY = 0x80;
    private static final int MANUFACTURER = 0x89;
    private static final int DEVICE = 0xa0;
    private static final int CONFIRM = 0xd0;
    private static final int BUFFER_BYTES = 32;

    /** Where the chip is in a command sequence. */
    private enum State {
        ARRAY, PROGRAM_SETUP, PROGRAM_DONE, ERASE_SETUP, ERASE_DONE, IDENTIFIER, STATUS, BUFFER_COUNT, BUFFER_DATA, BUFFER_CONFIRM
    }

    /** The chip's cells. */
    interface Cells {
        int get(int offset);

        void set(int offset, int value);

        /** Sets {@code count} cells from {@code offset} on, as far as the chip reaches, to 0xFF. */
        void erase(int offset, int count);
    }

    private final Cells cells;
    private State state = State.ARRAY;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int bufferOffset;
    private int bufferCount;
    private int bufferStored;

    FlashChip(Cells cells) {
        this.cells = cells;
    }

    /** Reads the chip at {@code offset}, 0..{@link #SIZE}-1. */
    int read(int offset) {
        return switch (state) {
            case ARRAY -> cells.get(offset);
            case PROGRAM_SETUP -> 0;
            case IDENTIFIER -> offset == 0 ? MANUFACTURER : offset == 1 ? DEVICE : 0;
            case STATUS -> {
                state = State.ARRAY;
                yield READY;
            }
            default -> READY;
        };
    }

    /** True when a read changes nothing. */
    boolean readIsPure() {
        return state != State.STATUS;
    }

    /** Writes {@code data}, 0..255, to the chip at {@code offset}. */
    void write(int offset, int data) {
        switch (state) {
            case ARRAY, PROGRAM_DONE, ERASE_DONE, IDENTIFIER -> command(offset, data);
            case PROGRAM_SETUP -> {
                cells.set(offset, data);
                state = State.PROGRAM_DONE;
            }
            case ERASE_SETUP -> {
                if (data == CONFIRM) {
                    cells.erase(offset, BLOCK_BYTES);
                    state = State.ERASE_DONE;
                }
            }
            case STATUS -> state = State.ARRAY;
            case BUFFER_COUNT -> {
                bufferCount = (data & BUFFER_BYTES - 1) + 1;
                bufferStored = 0;
                state = State.BUFFER_DATA;
            }
            case BUFFER_DATA -> store(offset, data);
            case BUFFER_CONFIRM -> {
                if (data == CONFIRM) {
                    programBuffer();
                }
                state = State.ARRAY;
            }
        }
    }

    private void command(int offset, int data) {
        switch (data) {
            case 0x10, 0x40 -> state = State.PROGRAM_SETUP;
            case 0x20 -> state = State.ERASE_SETUP;
            case 0x50, 0xff -> state = State.ARRAY;
            case 0x70 -> state = State.STATUS;
            case 0x90 -> state = State.IDENTIFIER;
            case 0xe8 -> {
                bufferOffset = offset;
                java.util.Arrays.fill(buffer, (byte) 0xff);
                state = State.BUFFER_COUNT;
            }
            default -> DeviceLog.guestError("28F016SA", "unknown command 0x" + Integer.toHexString(data));
        }
    }

    private void store(int offset, int data) {
        int index = offset - bufferOffset;
        if (index < 0 || index >= bufferCount) {
            return;
        }
        buffer[index] = (byte) data;
        bufferStored++;
        if (bufferStored == bufferCount) {
            state = State.BUFFER_CONFIRM;
        }
    }

    private void programBuffer() {
        int count = Math.min(bufferCount, SIZE - bufferOffset);
        for (int i = 0; i < count; i++) {
            cells.set(bufferOffset + i, buffer[i] & 0xff);
        }
    }

    @Override
    public void reset() {
        state = State.ARRAY;
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putString("state", state.name());
        out.putBytes("buffer", buffer.clone());
        out.putInts("bufferUse", new int[]{ bufferOffset, bufferCount, bufferStored });
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        byte[] savedBuffer = in.getBytes("buffer");
        int[] use = new int[3];
        in.getInts("bufferUse", use);
        String saved = in.getString("state");
        boolean usable = savedBuffer.length == BUFFER_BYTES && use[0] >= 0
                && use[0] < SIZE
                && use[1] >= 0
                && use[1] <= BUFFER_BYTES;
        for (State s : State.values()) {
            if (usable && s.name().equals(saved)) {
                state = s;
                System.arraycopy(savedBuffer, 0, buffer, 0, BUFFER_BYTES);
                bufferOffset = use[0];
                bufferCount = use[1];
                bufferStored = use[2];
                return;
            }
        }
        throw new SnapshotException("impossible state of a flash chip: " + saved);
    }
}
