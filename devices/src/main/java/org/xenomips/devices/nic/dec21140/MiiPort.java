package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/**
 * The serial management interface behind CSR9: an IEEE 802.3 clause 22 receiver clocked by rising edges of MDC, and what answers.
 *
 * <p>Two kinds of software clock it. Drivers written for the chip leave CSR9's RD and WR bits alone and find one PHY, at
 * {@link #PHY_ADDRESS}. The platform's own software sets WR while it clocks a command out; it may use any address, so to it
 * every address answers with plain storage in which only the link bit of register 1 means something.
 *
 * <p>Thread: machine thread.
 *
 * @see "IEEE 802.3, 22.2.4 Management functions"
 */
final class MiiPort implements Snapshotable {
    /** Address of the PHY. */
    static final int PHY_ADDRESS = 1;

    private static final int BMSR = 1;
    private static final int BMSR_LINK = 0x0004;
    /** Start (2), operation (2), PHY and register address (5 each). */
    private static final int HEADER_BITS = 14;
    private static final int READ = 2;
    private static final int WRITE = 1;
    /** Turn-around and data. */
    private static final int WRITE_BITS = 18;
    private static final int READ_BITS = 17;

    private enum State {
        IDLE, HEADER, READING, WRITING
    }

    private final PhyRegisters phy = new PhyRegisters(PHY_ADDRESS);
    private final int[] storage = new int[32 * 32];
    private State state = State.IDLE;
    private boolean lastClock;
    private boolean output = true;
    private int shift;
    private int bits;
    private int header;
    private boolean plainStorage;
    private boolean link;

    /** Follows the pins in {@code csr9}. */
    void drive(int csr9) {
        boolean clock = Csr9.MDC.isSet(csr9);
        if (clock && !lastClock) {
            edge(csr9);
        }
        lastClock = clock;
    }

    /** What the data pin shows while the PHY drives it. */
    boolean output() {
        return output;
    }

    /** The serial machine forgets a transaction under way; the PHY keeps its registers. */
    void idle() {
        state = State.IDLE;
        output = true;
        lastClock = false;
    }

    /** Power-on state. */
    void reset() {
        idle();
        phy.reset();
        java.util.Arrays.fill(storage, 0);
    }

    void setLink(boolean up) {
        link = up;
        phy.setLink(up);
    }

    private void edge(int csr9) {
        boolean phyDrives = Csr9.MII.isSet(csr9);
        int bit = Csr9.MDO.isSet(csr9) ? 1 : 0;
        if (state == State.READING) {
            if (phyDrives && bits < READ_BITS) {
                output = (shift >> READ_BITS - 1 - bits & 1) != 0;
                bits++;
                return;
            }
            state = State.IDLE;
            output = true;
        }
        if (phyDrives) {
            state = State.IDLE;
            return;
        }
        switch (state) {
            case IDLE -> {
                if (bit == 0) {
                    state = State.HEADER;
                    header = 0;
                    bits = 1;
                }
            }
            case HEADER -> headerBit(bit, csr9);
            case WRITING -> {
                shift = shift << 1 | bit;
                if (++bits == WRITE_BITS) {
                    state = State.IDLE;
                    finishWrite(shift & 0xffff);
                }
            }
            case READING -> {
            }
        }
    }

    private void headerBit(int bit, int csr9) {
        if (bits == 1 && bit == 0) {
            return; // still waiting for the 1 of the start pattern
        }
        header = header << 1 | bit;
        if (++bits < HEADER_BITS) {
            return;
        }
        plainStorage = Csr9.WR.isSet(csr9) || Csr9.RD.isSet(csr9);
        bits = 0;
        switch (header >> 10 & 3) {
            case READ -> {
                state = State.READING;
                shift = read();
            }
            case WRITE -> {
                state = State.WRITING;
                shift = 0;
            }
            default -> state = State.IDLE;
        }
    }

    private int phyAddress() {
        return header >> 5 & 31;
    }

    private int register() {
        return header & 31;
    }

    /** The 17 bits of an answer: 0 for the turn-around and the data, or all ones when nobody answers. */
    private int read() {
        if (plainStorage) {
            return register() == BMSR ? link ? BMSR_LINK : 0 : storage[header & 0x3ff];
        }
        return phyAddress() == PHY_ADDRESS ? phy.read(register()) : 0x1_ffff;
    }

    private void finishWrite(int value) {
        if (plainStorage) {
            storage[header & 0x3ff] = value;
        } else if (phyAddress() == PHY_ADDRESS) {
            phy.write(register(), value);
        }
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putInt("state", state.ordinal());
        out.putBoolean("lastClock", lastClock);
        out.putBoolean("output", output);
        out.putInt("shift", shift);
        out.putInt("bits", bits);
        out.putInt("header", header);
        out.putBoolean("plainStorage", plainStorage);
        out.putInts("storage", storage.clone());
        out.section("phy", phy);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        state = State.values()[in.getInt("state") & 3];
        lastClock = in.getBoolean("lastClock");
        output = in.getBoolean("output");
        shift = in.getInt("shift") & 0x3_ffff;
        bits = Math.clamp(in.getInt("bits"), 0, WRITE_BITS - 1);
        header = in.getInt("header");
        plainStorage = in.getBoolean("plainStorage");
        in.getInts("storage", storage);
        in.section("phy", phy);
    }
}
