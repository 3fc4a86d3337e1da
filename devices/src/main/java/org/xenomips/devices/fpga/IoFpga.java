package org.xenomips.devices.fpga;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xenomips.bits.Bits;
import org.xenomips.device.MmioDevice;
import org.xenomips.device.RegisterFile;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.devices.serial.Duart;

/**
 * I/O FPGA: the EEPROMs of processor card, midplane and power entry module, temperature sensors, voltages, the
 * registers of slot 7, and the window of the DUART.
 *
 * <p>Deviation: the sensor bus of the NPE-G2 answers 0; that board is not emulated.
 *
 * <p>Thread: machine thread.
 */
public final class IoFpga implements MmioDevice, Resettable, Snapshotable {
    /** Length of the register window in bytes. */
    public static final int WINDOW = 0x1000;
    /** Number of temperature sensors. */
    public static final int SENSORS = 4;

    private static final int DUART_FIRST = 0x404;
    private static final int DUART_LAST = 0x47c;
    private static final EepromPins CPU_PINS = new EepromPins(2, 1, 0, 6);
    private static final EepromPins MIDPLANE_PINS = new EepromPins(5, 4, 3, 7);
    private static final EepromPins PEM_PINS = new EepromPins(1, 0, 2, 3);
    private static final int SENSOR_CLOCK = 4;
    private static final int IO_CARD_PRESENT = 1 << 24;
    private static final int OIR_SLOT_7 = 1 << 24;
    /** Nominal A/D result of every input: 1150 / 9. */
    private static final int VOLTAGE_PRESENT = 127;

    private final Bays bays;
    private final NetworkInterrupts network;
    private final PowerSupplies power;
    private final MpFpga midplane;
    private final Duart duart;
    private final EepromPort mainPort;
    private final EepromPort port7;
    private final EepromPort pemPort;
    private final Ds1620[] sensors = new Ds1620[SENSORS];
    private final RegisterFile<IoFpga, IoFpgaRegisters> registers;

    /**
     * The FPGA of an I/O card.
     *
     * @param cpu EEPROM of the processor card
     * @param chassis EEPROM of the midplane
     * @param pem EEPROM of the power entry module, null where there is none
     */
    public IoFpga(Bays bays, NetworkInterrupts network, PowerSupplies power, MpFpga midplane, Duart duart,
            Supplier<@Nullable IdEeprom> cpu, Supplier<@Nullable IdEeprom> chassis, Supplier<@Nullable IdEeprom> pem) {
        this.bays = bays;
        this.network = network;
        this.power = power;
        this.midplane = midplane;
        this.duart = duart;
        this.mainPort = new EepromPort(new Nmc93c46(CPU_PINS, cpu), new Nmc93c46(MIDPLANE_PINS, chassis));
        this.port7 = new EepromPort(new Nmc93c46(EepromPins.ofByteLane(3), () -> bays.eeprom(7)));
        this.pemPort = new EepromPort(new Nmc93c46(PEM_PINS, pem));
        java.util.Arrays.setAll(sensors, i -> new Ds1620());
        this.registers = new RegisterFile<>("io_fpga", this, IoFpgaRegisters.class);
    }

    @Override
    public long read(int offset, int sizeBytes) {
        return (isDuart(offset) ? duart.read(offset) : registers.read(offset)) & 0xffff_ffffL;
    }

    @Override
    public void write(int offset, int sizeBytes, long value) {
        if (isDuart(offset)) {
            duart.write(offset, (int) value);
        } else {
            registers.write(offset, (int) value);
        }
    }

    @Override
    public boolean isIdempotentRead(int offset) {
        return isDuart(offset) ? duart.isIdempotentRead(offset) : registers.readIsPure(offset);
    }

    private static boolean isDuart(int offset) {
        return offset >= DUART_FIRST && offset <= DUART_LAST;
    }

    EepromPort mainPort() {
        return mainPort;
    }

    EepromPort port7() {
        return port7;
    }

    EepromPort pemPort() {
        return pemPort;
    }

    void sensorControlWritten(int value) {
        for (int i = 0; i < SENSORS; i++) {
            if (!Bits.isSet(value, i)) {
                sensors[i].restart();
            }
        }
    }

    void sensorDataWritten(int value) {
        if (!Bits.isSet(registers.get(IoFpgaRegisters.SENSOR_CONTROL), SENSOR_CLOCK)) {
            for (Ds1620 sensor : sensors) {
                sensor.shiftIn(value & 1);
            }
        }
    }

    int readSensors() {
        int value = 0;
        for (int i = 0; i < SENSORS; i++) {
            value |= sensors[i].shiftOut() << i;
        }
        return value;
    }

    int voltage() {
        boolean present = switch (registers.get(IoFpgaRegisters.SENSOR_DATA_OUT)) {
            case 0x00 -> Bits.isSet(power.status(), 0);
            case 0x02 -> Bits.isSet(power.status(), 1);
            case 0x04, 0x08, 0x0a, 0x0c -> true;
            default -> false;
        };
        return present ? VOLTAGE_PRESENT : 0;
    }

    int networkStatus2() {
        return network.status(2);
    }

    void setMask2(int value) {
        network.setMask(2, value);
    }

    int presence7() {
        return midplane.lastPresence7();
    }

    int version(int stored) {
        return bays.ioCardPresent() ? stored | IO_CARD_PRESENT : stored;
    }

    /** A card was put into slot 7 or taken out of it; the midplane FPGA raises the interrupt. */
    public void signalOir7() {
        registers.set(IoFpgaRegisters.OIR_STATUS_7, OIR_SLOT_7);
    }

    /** Sets what temperature sensor {@code sensor} (0..3) measures, in degrees Celsius (-55..125). */
    public void setTemperature(int sensor, int celsius) {
        sensors[sensor].setCelsius(celsius);
    }

    @Override
    public void reset() {
        registers.reset();
        mainPort.reset();
        port7.reset();
        pemPort.reset();
        for (Ds1620 sensor : sensors) {
            sensor.reset();
        }
        duart.reset();
    }

    @Override
    public void save(SnapshotWriter out) {
        out.section("registers", registers);
        out.section("mainPort", mainPort);
        out.section("port7", port7);
        out.section("pemPort", pemPort);
        for (int i = 0; i < SENSORS; i++) {
            out.section("sensor" + i, sensors[i]);
        }
        out.section("duart", duart);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.section("registers", registers);
        in.section("mainPort", mainPort);
        in.section("port7", port7);
        in.section("pemPort", pemPort);
        for (int i = 0; i < SENSORS; i++) {
            in.section("sensor" + i, sensors[i]);
        }
        in.section("duart", duart);
    }
}
