package org.xenomips.devices.fpga;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xenomips.bits.Bits;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/**
 * One 93C46 serial EEPROM behind a bit-banged port, read only, 64 words of 16 bits.
 *
 * <p>Deviation: start bit, opcode, address and data travel least significant bit first and there is no dummy bit before
 * the data, as guests see it through the FPGAs of this platform; erase and write commands are ignored.
 *
 * <p>Thread: machine thread.
 *
 * @see "National Semiconductor NMC93C46 data sheet"
 */
final class Nmc93c46 implements Resettable, Snapshotable {
    private static final int COMMAND_BITS = 9;
    private static final int DATA_BITS = 16;
    /** Start bit and READ opcode (10), first bit lowest. */
    private static final int READ = 3;
    private static final int OPCODE_MASK = 7;

    private enum State {
        INACTIVE, COMMAND, DATA_OUT
    }

    private final EepromPins pins;
    private final Supplier<@Nullable IdEeprom> contents;
    private State state = State.INACTIVE;
    private int bits;
    private int command;
    private boolean output;

    /** A chip on {@code pins} whose contents may change with the card in its bay; null reads as all ones. */
    Nmc93c46(EepromPins pins, Supplier<@Nullable IdEeprom> contents) {
        this.pins = pins;
        this.contents = contents;
    }

    /** The port register changes from {@code before} to {@code after}. */
    void portWritten(int before, int after) {
        output = true;
        boolean selected = Bits.isSet(after, pins.select());
        if (selected != Bits.isSet(before, pins.select())) {
            state = selected ? State.COMMAND : State.INACTIVE;
            bits = 0;
            command = 0;
        }
        if (Bits.isSet(after, pins.clock()) && !Bits.isSet(before, pins.clock())) {
            clock(Bits.isSet(after, pins.dataIn()));
        }
    }

    private void clock(boolean dataIn) {
        switch (state) {
            case COMMAND -> clockCommand(dataIn);
            case DATA_OUT -> clockData();
            case INACTIVE -> {
            }
        }
    }

    private void clockCommand(boolean dataIn) {
        if (bits == 0 && !dataIn) {
            return;
        }
        command |= (dataIn ? 1 : 0) << bits;
        bits++;
        if (bits == COMMAND_BITS) {
            bits = 0;
            if ((command & OPCODE_MASK) == READ) {
                state = State.DATA_OUT;
            }
        }
    }

    private void clockData() {
        IdEeprom eeprom = contents.get();
        int word = eeprom == null ? 0xffff : eeprom.word(command >> 3);
        output = Bits.isSet(word, bits);
        bits++;
        if (bits == DATA_BITS) {
            state = State.INACTIVE;
        }
    }

    /** {@code stored} as the guest reads it: with this chip's output in its place if the chip is selected. */
    int portRead(int stored) {
        return Bits.isSet(stored, pins.select()) ? Bits.with(stored, pins.dataOut(), output) : stored;
    }

    @Override
    public void reset() {
        state = State.INACTIVE;
        bits = 0;
        command = 0;
        output = false;
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putString("state", state.name());
        out.putInt("bits", bits);
        out.putInt("command", command);
        out.putBoolean("output", output);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        String name = in.getString("state");
        try {
            state = State.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new SnapshotException("EEPROM state '" + name + "' does not exist", e);
        }
        bits = in.getInt("bits") & 0xf;
        command = in.getInt("command") & 0x1ff;
        output = in.getBoolean("output");
    }
}
