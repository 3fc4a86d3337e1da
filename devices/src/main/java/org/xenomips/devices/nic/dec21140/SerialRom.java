package org.xenomips.devices.nic.dec21140;

import java.util.zip.CRC32;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/**
 * The chip's 93C46 serial ROM (64 words of 16 bits) with the station address and the description of the one medium, an MII PHY.
 *
 * <p>The data output is 1 while nothing drives it and 0 from the clock of the last address bit on, which is how drivers find out
 * how many address bits the ROM has; then data bits follow, most significant first, word after word.
 *
 * <p>Deviation: the ROM cannot be written or erased; such commands are ignored.
 *
 * <p>Thread: machine thread.
 *
 * @see "Digital Semiconductor 21X4 Serial ROM Format, version 4.05, 'Infoleaf' and 'Extended format block type 1'"
 * @see "93C46 data sheet, 'Read'"
 */
final class SerialRom implements Snapshotable {
    static final int BYTES = 128;

    private static final int ADDRESS_BITS = 6;
    /** Two opcode bits and the address. */
    private static final int COMMAND_BITS = 2 + ADDRESS_BITS;
    private static final int OPCODE_READ = 2;
    private static final int CRC_AT = 126;
    private static final int MAC_AT = 20;
    private static final int LEAF_AT = 30;

    private enum State {
        DESELECTED, WAIT_START, COMMAND, READ, IGNORE
    }

    private final int[] words = new int[BYTES / 2];
    private State state = State.DESELECTED;
    private boolean lastClock;
    private boolean output = true;
    private int shift;
    private int bits;
    private int address;

    /** A ROM with {@code mac} (6 bytes). */
    SerialRom(byte[] mac) {
        byte[] image = image(mac);
        for (int i = 0; i < words.length; i++) {
            words[i] = image[2 * i] & 0xff | (image[2 * i + 1] & 0xff) << 8;
        }
    }

    /**
     * The ROM's bytes. Some drivers take addresses that begin 02:00, A0:00 or C0:00 for a vendor's ROM with exchanged bytes; in
     * those the bit of weight 4 of the first byte is set, which leaves the address individual and as local as it was.
     */
    static byte[] image(byte[] mac) {
        byte[] rom = new byte[BYTES];
        rom[18] = 1; // format version
        rom[19] = 1; // controllers
        System.arraycopy(mac, 0, rom, MAC_AT, 6);
        int first = mac[0] & 0xff;
        if (mac[1] == 0 && (first == 0x02 || first == 0xa0 || first == 0xc0)) {
            rom[MAC_AT] |= 4;
        }
        rom[27] = LEAF_AT;
        byte[] leaf = { 0x00, 0x08, // default medium: autosense
                0, // no general-purpose pin is an output
                1, // media blocks
                (byte) 0x8c, 1, 0, // extended block of 12 bytes, type 1 (MII), PHY 0
                0, 0, // no general-purpose and no reset sequence
                0x00, 0x78, // media: 100 and 10 Mb/s, full and half duplex
                (byte) 0xe1, 0x01, // advertisement
                0x00, 0x50, // media that are full duplex
                0x00, 0x18 }; // media that need the 10 Mb/s threshold
        System.arraycopy(leaf, 0, rom, LEAF_AT, leaf.length);
        CRC32 crc = new CRC32();
        crc.update(rom, 0, CRC_AT);
        rom[CRC_AT] = (byte) crc.getValue();
        rom[CRC_AT + 1] = (byte) (crc.getValue() >>> 8);
        return rom;
    }

    /** Follows the pins in {@code csr9}. */
    void drive(int csr9) {
        boolean clock = Csr9.SK.isSet(csr9);
        if (!Csr9.SR.isSet(csr9) || !Csr9.CS.isSet(csr9)) {
            idle();
        } else {
            if (state == State.DESELECTED) {
                state = State.WAIT_START;
            }
            if (clock && !lastClock) {
                edge(Csr9.DI.isSet(csr9) ? 1 : 0);
            }
        }
        lastClock = clock;
    }

    /** What the data output pin shows. */
    boolean output() {
        return output;
    }

    /** Deselects the ROM. */
    void idle() {
        state = State.DESELECTED;
        output = true;
        bits = 0;
        shift = 0;
    }

    private void edge(int bit) {
        switch (state) {
            case WAIT_START -> {
                if (bit == 1) {
                    state = State.COMMAND;
                    bits = 0;
                    shift = 0;
                }
            }
            case COMMAND -> {
                shift = shift << 1 | bit;
                if (++bits == COMMAND_BITS) {
                    beginCommand();
                }
            }
            case READ -> {
                if (bits == 0) {
                    address = address + 1 & words.length - 1;
                    fetch();
                }
                bits--;
                output = (shift >> bits & 1) != 0;
            }
            case IGNORE, DESELECTED -> {
            }
        }
    }

    private void beginCommand() {
        if (shift >> ADDRESS_BITS != OPCODE_READ) {
            state = State.IGNORE;
            return;
        }
        state = State.READ;
        output = false;
        address = shift & words.length - 1;
        fetch();
    }

    private void fetch() {
        shift = words[address];
        bits = 16;
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putInt("state", state.ordinal());
        out.putBoolean("lastClock", lastClock);
        out.putBoolean("output", output);
        out.putInt("shift", shift);
        out.putInt("bits", bits);
        out.putInt("address", address);
        out.putInts("words", words.clone());
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        int saved = in.getInt("state");
        if (saved < 0 || saved >= State.values().length) {
            throw new SnapshotException("impossible serial ROM state " + saved);
        }
        state = State.values()[saved];
        lastClock = in.getBoolean("lastClock");
        output = in.getBoolean("output");
        shift = in.getInt("shift") & 0xffff;
        bits = Math.clamp(in.getInt("bits"), 0, 16);
        address = in.getInt("address") & words.length - 1;
        in.getInts("words", words);
    }
}
