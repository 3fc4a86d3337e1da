package org.xenomips.devices.fpga;

import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/**
 * One DS1620 temperature sensor on the I/O FPGA's three-wire bus: 8 command bits, then 8 or 9 data bits, least
 * significant first.
 *
 * <p>Deviation: bits are shifted in by a write of the data register and out by a read of it, whatever the clock wire
 * does, and the temperature is constant until it is set from outside.
 *
 * <p>Thread: machine thread.
 *
 * @see "Dallas Semiconductor DS1620 data sheet, 'Commands'"
 */
final class Ds1620 implements Resettable, Snapshotable {
    private static final int READ_TEMPERATURE = 0xaa;
    private static final int WRITE_TH = 0x01;
    private static final int READ_TH = 0xa1;
    private static final int WRITE_TL = 0x02;
    private static final int READ_TL = 0xa2;
    private static final int WRITE_CONFIG = 0x0c;
    private static final int READ_CONFIG = 0xac;
    private static final int READ_COUNTER = 0xa0;
    private static final int READ_SLOPE = 0xa9;

    private static final int CPU_MODE = 0x02;
    private static final int TEMPERATURE_HIGH_FLAG = 0x40;
    private static final int TEMPERATURE_LOW_FLAG = 0x20;
    private static final int COMMAND_BITS = 8;
    private static final int DEFAULT_CELSIUS = 22;

    private enum State {
        COMMAND, DATA_IN, DATA_OUT
    }

    private State state = State.COMMAND;
    private int command;
    private int commandBits;
    private int data;
    private int dataBits;
    private int dataLength;
    private int raw = 2 * DEFAULT_CELSIUS;
    private int th;
    private int tl;
    private int config = CPU_MODE;

    /** The RST wire has been pulled low: a new command begins. */
    void restart() {
        state = State.COMMAND;
        command = 0;
        commandBits = 0;
        data = 0;
        dataBits = 0;
        dataLength = 0;
    }

    /** Shifts one bit in. */
    void shiftIn(int bit) {
        switch (state) {
            case COMMAND -> {
                if (commandBits < COMMAND_BITS) {
                    command |= bit << commandBits;
                    commandBits++;
                    if (commandBits == COMMAND_BITS) {
                        decode();
                    }
                }
            }
            case DATA_IN -> {
                data |= bit << dataBits;
                dataBits++;
                if (dataBits == dataLength) {
                    store();
                    state = State.COMMAND;
                }
            }
            case DATA_OUT -> {
            }
        }
    }

    /** The data wire: the next bit of a register being read, otherwise 1. */
    int shiftOut() {
        if (state != State.DATA_OUT) {
            return 1;
        }
        int bit = data >> dataBits & 1;
        dataBits++;
        if (dataBits == dataLength) {
            state = State.COMMAND;
        }
        return bit;
    }

    private void decode() {
        switch (command) {
            case READ_TEMPERATURE -> deliver(raw, 9);
            case READ_TH -> deliver(th, 9);
            case READ_TL -> deliver(tl, 9);
            case READ_CONFIG -> deliver(config, 8);
            case READ_COUNTER, READ_SLOPE -> deliver(0, 9);
            case WRITE_TH, WRITE_TL -> collect(9);
            case WRITE_CONFIG -> collect(8);
            default -> {
                // start and stop conversion, and what the chip does not know: no effect
            }
        }
    }

    private void deliver(int value, int length) {
        state = State.DATA_OUT;
        data = value;
        dataBits = 0;
        dataLength = length;
    }

    private void collect(int length) {
        state = State.DATA_IN;
        data = 0;
        dataBits = 0;
        dataLength = length;
    }

    private void store() {
        switch (command) {
            case WRITE_TH -> th = data;
            case WRITE_TL -> tl = data;
            default -> config = data;
        }
    }

    /** Sets the temperature in whole degrees Celsius (-55..125). */
    void setCelsius(int celsius) {
        raw = 2 * Math.clamp(celsius, -55, 125);
        if (raw >= th) {
            config |= TEMPERATURE_HIGH_FLAG;
        }
        if (raw <= tl) {
            config |= TEMPERATURE_LOW_FLAG;
        }
    }

    @Override
    public void reset() {
        restart();
        th = 0;
        tl = 0;
        config = CPU_MODE;
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putString("state", state.name());
        out.putInts("values", new int[]{ command, commandBits, data, dataBits, dataLength, raw, th, tl, config });
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        String name = in.getString("state");
        try {
            state = State.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new SnapshotException("DS1620 state '" + name + "' does not exist", e);
        }
        int[] values = new int[9];
        in.getInts("values", values);
        command = values[0];
        commandBits = values[1];
        data = values[2];
        dataBits = values[3];
        dataLength = values[4];
        raw = values[5];
        th = values[6];
        tl = values[7];
        config = values[8];
    }
}
