package org.xenomips.devices.fpga;

import org.xenomips.device.InterruptLine;
import org.xenomips.device.MmioDevice;
import org.xenomips.device.RegisterFile;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/**
 * Midplane FPGA: network interrupt status and masks, presence and EEPROMs of the bays, power supplies, insertion and
 * removal.
 *
 * <p>Deviation: no card raises the port-adapter management interrupt (CPU line 3), so register 0x40 has none to clear.
 *
 * <p>Thread: machine thread.
 */
public final class MpFpga implements MmioDevice, Resettable, Snapshotable {
    /** Length of the register window in bytes. */
    public static final int WINDOW = 0x1000;

    /** Field of register 0x50 by slot 0..6; not in slot order. */
    private static final int[] PRESENCE_FIELD = { 0x0000_0006, 0x0000_0600, 0x0000_6000, 0x0600_0000, 0x0006_0000,
            0x6000_0000, 0x0060_0000 };
    /** The field of slot 7, in I/O FPGA register 0x2d4. */
    private static final int PRESENCE_FIELD_7 = 0x0600_0000;
    private static final int MANAGEMENT_MASK = 0x6666_6600;
    private static final int SLOT_0_STATUS = 0xff;

    private final Bays bays;
    private final NetworkInterrupts network;
    private final PowerSupplies power;
    private final InterruptLine oirInterrupt;
    private final EepromPort port0;
    private final EepromPort port1;
    private final RegisterFile<MpFpga, MpFpgaRegisters> registers;
    private int lastPresence;
    private int lastPresence7;
    private boolean oirAsserted;

    /** {@code oirInterrupt} is asserted by an insertion or removal until the guest looks at the OIR status. */
    public MpFpga(Bays bays, NetworkInterrupts network, PowerSupplies power, InterruptLine oirInterrupt) {
        this.bays = bays;
        this.network = network;
        this.power = power;
        this.oirInterrupt = oirInterrupt;
        this.port0 = new EepromPort(bay(0, 0), bay(1, 1), bay(4, 2), bay(3, 3));
        this.port1 = new EepromPort(bay(2, 1), bay(6, 2), bay(5, 3));
        this.registers = new RegisterFile<>("mp_fpga", this, MpFpgaRegisters.class);
    }

    private Nmc93c46 bay(int slot, int byteLane) {
        return new Nmc93c46(EepromPins.ofByteLane(byteLane), () -> bays.eeprom(slot));
    }

    @Override
    public long read(int offset, int sizeBytes) {
        return registers.read(canonical(offset)) & 0xffff_ffffL;
    }

    @Override
    public void write(int offset, int sizeBytes, long value) {
        registers.write(offset, (int) value);
    }

    @Override
    public boolean isIdempotentRead(int offset) {
        return registers.readIsPure(canonical(offset));
    }

    /** The network status registers answer at all four of their byte offsets, each time with the whole word. */
    private static int canonical(int offset) {
        int word = offset & ~3;
        boolean networkStatus = word == MpFpgaRegisters.NETWORK_STATUS_0.register().offset()
                || word == MpFpgaRegisters.NETWORK_STATUS_1.register().offset();
        return networkStatus ? word : offset;
    }

    EepromPort port0() {
        return port0;
    }

    int writePort1(int stored, int written) {
        port1.write(stored, written);
        power.guestWrites(written);
        return written;
    }

    int readPort1(int stored) {
        return port1.read(stored) | power.status();
    }

    /** With a card in slot 7 the byte of slot 0 tells whether that slot has an interrupt. */
    int networkStatus0() {
        int status = network.status(0);
        if (bays.eeprom(7) == null) {
            return status;
        }
        return status & ~SLOT_0_STATUS | (network.status(2) != 0 ? SLOT_0_STATUS : 0);
    }

    int networkStatus1() {
        return network.status(1);
    }

    void setMask(int word, int value) {
        network.setMask(word, value);
    }

    /** Slot 0 is always powered, the others when a card is in place. */
    int presence() {
        int value = PRESENCE_FIELD[0];
        for (int slot = 1; slot < PRESENCE_FIELD.length; slot++) {
            if (bays.eeprom(slot) != null) {
                value |= PRESENCE_FIELD[slot];
            }
        }
        lastPresence = value;
        lastPresence7 = bays.eeprom(7) != null ? PRESENCE_FIELD_7 : 0;
        return value;
    }

    int managementStatus() {
        return lastPresence & MANAGEMENT_MASK;
    }

    /** Presence of slot 7 as computed by the last read of register 0x50. */
    int lastPresence7() {
        return lastPresence7;
    }

    int readOirStatus(int stored) {
        dropOirInterrupt();
        return stored;
    }

    void dropOirInterrupt() {
        setOirInterrupt(false);
    }

    private void setOirInterrupt(boolean asserted) {
        oirAsserted = asserted;
        oirInterrupt.set(asserted);
    }

    /** A card was put into {@code slot} (1..7) or taken out of it. */
    public void signalOir(int slot) {
        registers.set(MpFpgaRegisters.OIR_STATUS, slot == 7 ? 1 : 1 << slot);
        setOirInterrupt(true);
    }

    @Override
    public void reset() {
        registers.reset();
        port0.reset();
        port1.reset();
        lastPresence = 0;
        lastPresence7 = 0;
        setOirInterrupt(false);
    }

    @Override
    public void save(SnapshotWriter out) {
        out.section("registers", registers);
        out.section("port0", port0);
        out.section("port1", port1);
        out.putInt("lastPresence", lastPresence);
        out.putInt("lastPresence7", lastPresence7);
        out.putBoolean("oirAsserted", oirAsserted);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.section("registers", registers);
        in.section("port0", port0);
        in.section("port1", port1);
        lastPresence = in.getInt("lastPresence");
        lastPresence7 = in.getInt("lastPresence7");
        setOirInterrupt(in.getBoolean("oirAsserted"));
    }
}
