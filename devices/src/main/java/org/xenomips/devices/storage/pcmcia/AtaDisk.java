package org.xenomips.devices.storage.pcmcia;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.xenomips.device.MmioDevice;
import org.xenomips.device.RegisterFile;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.devices.storage.SparseContent;
import org.xenomips.devices.storage.StorageFiles;
import org.xenomips.devices.storage.pcmcia.AtaRegisters.Cylinder;
import org.xenomips.devices.storage.pcmcia.AtaRegisters.Sector;
import org.xenomips.devices.storage.pcmcia.AtaRegisters.Select;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.telemetry.DeviceLog;

/**
 * A PCMCIA ATA flash disk in a 2 MB memory window: card information structure, task file and data port as 16-bit
 * registers. The two half-words of each word are exchanged, so register {@code k} is at offset {@code 2 * (k ^ 1)}.
 *
 * <p>Commands complete at once: there is no BUSY, no error register and no interrupt. A sector is in the file when the
 * last half-word of its data phase has been written.
 *
 * <p>Deviation: identify, read and write are the only commands; the task file does not count during a transfer; a
 * sector outside of the disk reads as zeros and swallows writes.
 *
 * <p>Thread: machine thread.
 */
public final class AtaDisk implements MmioDevice, Resettable, Snapshotable, AutoCloseable {
    /** Length of the window. */
    public static final int WINDOW_BYTES = 2 << 20;

    /** Status: ready, seek complete. */
    static final int IDLE = 0x50;
    /** Status: data request as well. */
    private static final int DATA_REQUEST = 0x58;

    private static final int PIN_REPLACEMENT = 0x102;
    private static final int PIN_REPLACEMENT_VALUE = 0x22;
    private static final int TASK_FILE = 0x8_0000;
    private static final int DATA_FIRST = 0x8_0200;
    private static final int DATA_LAST = 0x8_02ff;

    private static final int READ_SECTORS = 0x20;
    private static final int WRITE_SECTORS = 0x30;
    private static final int IDENTIFY = 0xec;
    private static final int HALF_WORDS = DiskGeometry.SECTOR_BYTES / 2;
    private static final int MOST_SECTORS = 256;

    private static final byte[] CIS = HexFormat.of()
            .parseHex("0103d901ff" + "1c0403d901ff" + "1802df01" + "200434120002"
                    + "152b0401" + "44796e616d6970732041544120466c617368204361726420200044594e41302020004459"
                    + "4e413000ff"
                    + "21020401" + "22020101" + "220302045f" + "1a05010300020f" + "1b0bc040a127554d5d75080021"
                    + "1b06000121b51e4d" + "1b0dc1419927554d5d7564f0ffff21" + "1b06010121b51e4d"
                    + "1b12c2419927554d5d75ea61f00107f60301ee21" + "1b06020121b51e4d"
                    + "1b12c3419927554d5d75ea61700107760301ee21" + "1b06030121b51e4d" + "1400" + "ff");

    private final String label;
    private final DiskGeometry geometry;
    private final DiskFile file;
    private final RegisterFile<AtaDisk, AtaRegisters> registers;
    private final byte[] buffer = new byte[DiskGeometry.SECTOR_BYTES];
    /** The command whose data phase runs. */
    private int command;
    /** Half-word of the buffer that the data port transfers next. */
    private int index;
    private int sector;
    private int remaining;

    /**
     * Opens {@code file}, or creates it formatted; a shorter one is lengthened.
     *
     * @param label {@code disk0} or {@code disk1}; the volume label of a new disk
     * @param sizeMb size in MB, 1..4095
     * @throws ConfigurationException if the size is impossible, the file cannot be used, or it is longer and has
     *             content behind the configured size
     */
    public AtaDisk(String label, Path file, int sizeMb) throws ConfigurationException {
        if (sizeMb < 1 || sizeMb > DiskGeometry.LARGEST_MB) {
            throw new ConfigurationException(
                    "%s cannot have %d MB; 1 to %d are possible".formatted(label, sizeMb, DiskGeometry.LARGEST_MB));
        }
        this.label = label;
        this.geometry = new DiskGeometry(sizeMb);
        this.registers = new RegisterFile<>(label, this, AtaRegisters.class);
        this.file = DiskFile.open(StorageFiles.resolve(file), label, geometry);
    }

    @Override
    public long read(int offset, int sizeBytes) {
        int k = offset >> 1 ^ 1;
        if (isData(k)) {
            return transferOut();
        }
        if (registers.at(k - TASK_FILE) != null) {
            return registers.read(k - TASK_FILE);
        }
        if (k >= 0 && k < CIS.length) {
            return CIS[k] & 0xff;
        }
        return k == PIN_REPLACEMENT ? PIN_REPLACEMENT_VALUE : 0;
    }

    @Override
    public void write(int offset, int sizeBytes, long value) {
        int k = offset >> 1 ^ 1;
        if (isData(k)) {
            transferIn((int) value);
        } else if (registers.at(k - TASK_FILE) != null) {
            registers.write(k - TASK_FILE, (int) value & 0xffff);
        }
    }

    private static boolean isData(int k) {
        return k >= DATA_FIRST && k <= DATA_LAST;
    }

    @Override
    public boolean isIdempotentRead(int offset) {
        return !isData(offset >> 1 ^ 1);
    }

    /** What a write to {@link AtaRegisters#SELECT} stores: the head part; the command part goes to {@link #execute}. */
    int select(int stored, int written) {
        command = Select.STATUS.get(written);
        return Select.STATUS.with(written, Select.STATUS.get(stored));
    }

    /** Runs the command just written. */
    void execute(int select) {
        index = 0;
        remaining = 0;
        switch (command) {
            case IDENTIFY -> {
                identify();
                setStatus(DATA_REQUEST);
            }
            case READ_SECTORS -> {
                begin(select);
                file.read(sector, buffer);
                setStatus(DATA_REQUEST);
            }
            case WRITE_SECTORS -> {
                begin(select);
                setStatus(DATA_REQUEST);
            }
            default -> DeviceLog.guestError(label, "unknown command 0x" + Integer.toHexString(command));
        }
    }

    private void begin(int select) {
        int sectorRegister = registers.get(AtaRegisters.SECTOR);
        int number = Sector.NUMBER.get(sectorRegister);
        int cylinder = Cylinder.CYLINDER.get(registers.get(AtaRegisters.CYLINDER));
        int head = Select.HEAD.get(select);
        int count = Sector.COUNT.get(sectorRegister);
        remaining = count == 0 ? MOST_SECTORS : count;
        sector = Select.LBA.isSet(select)
                ? head << 24 | cylinder << 8 | number
                : DiskGeometry.sector(cylinder, head, number);
        if (sector < 0 || sector > geometry.sectors() - remaining) {
            DeviceLog.guestError(label, "sectors outside of the disk");
        }
    }

    private void setStatus(int status) {
        registers.set(AtaRegisters.SELECT, Select.STATUS.with(registers.get(AtaRegisters.SELECT), status));
    }

    private int transferOut() {
        int value = buffer[2 * index] & 0xff | (buffer[2 * index + 1] & 0xff) << 8;
        advance();
        return value;
    }

    private void transferIn(int value) {
        buffer[2 * index] = (byte) value;
        buffer[2 * index + 1] = (byte) (value >> 8);
        advance();
    }

    private void advance() {
        index++;
        if (index < HALF_WORDS) {
            return;
        }
        index = 0;
        switch (command) {
            case READ_SECTORS -> {
                if (nextSector()) {
                    file.read(sector, buffer);
                }
            }
            case WRITE_SECTORS -> {
                if (remaining > 0) {
                    file.write(sector, buffer);
                }
                nextSector();
            }
            default -> setStatus(IDLE);
        }
    }

    /** Steps to the next sector of the transfer; false, with the status idle, when there is none. */
    private boolean nextSector() {
        sector++;
        remaining = Math.max(0, remaining - 1);
        setStatus(remaining > 0 ? DATA_REQUEST : IDLE);
        return remaining > 0;
    }

    private void identify() {
        Arrays.fill(buffer, (byte) 0);
        int sectors = geometry.sectors();
        word(0, 0x848a);
        word(1, geometry.cylinders());
        word(3, DiskGeometry.HEADS);
        word(6, DiskGeometry.SECTORS_PER_TRACK);
        word(7, sectors >>> 16);
        word(8, sectors);
        word(22, 4);
        word(53, 3);
        word(54, geometry.cylinders());
        word(55, DiskGeometry.HEADS);
        word(56, DiskGeometry.SECTORS_PER_TRACK);
        word(57, sectors);
        word(58, sectors >>> 16);
    }

    private void word(int number, int value) {
        buffer[2 * number] = (byte) value;
        buffer[2 * number + 1] = (byte) (value >> 8);
    }

    /** Ends a transfer; a sector whose data phase is incomplete is not written. */
    @Override
    public void reset() {
        registers.reset();
        Arrays.fill(buffer, (byte) 0);
        command = 0;
        index = 0;
        sector = 0;
        remaining = 0;
    }

    /** Brings everything written to the medium. */
    public void flush() {
        file.flush();
    }

    /** Flushes and closes the file; idempotent. */
    @Override
    public void close() {
        file.close();
    }

    @Override
    public void save(SnapshotWriter out) {
        out.section("registers", registers);
        out.putBytes("buffer", buffer.clone());
        out.putInts("transfer", new int[]{ command, index, sector, remaining });
        SparseContent.save(out.section("content"), geometry.bytes(), this::readChunk);
    }

    /** Takes the contents over as well: sectors that differ are written to the file. */
    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        byte[] savedBuffer = in.getBytes("buffer");
        int[] transfer = new int[4];
        in.getInts("transfer", transfer);
        if (savedBuffer.length != buffer.length || transfer[1] < 0
                || transfer[1] >= HALF_WORDS
                || transfer[3] < 0
                || transfer[3] > MOST_SECTORS) {
            throw new SnapshotException("impossible transfer state of " + label);
        }
        in.section("registers", registers);
        System.arraycopy(savedBuffer, 0, buffer, 0, buffer.length);
        command = transfer[0];
        index = transfer[1];
        sector = transfer[2];
        remaining = transfer[3];
        SparseContent.restore(in.section("content"), geometry.bytes(), this::writeChunk);
    }

    private void readChunk(long at, byte[] into) {
        file.read((int) (at / DiskGeometry.SECTOR_BYTES), into);
    }

    private void writeChunk(long at, byte[] bytes) {
        byte[] old = new byte[bytes.length];
        readChunk(at, old);
        for (int i = 0; i < bytes.length; i += DiskGeometry.SECTOR_BYTES) {
            int end = i + DiskGeometry.SECTOR_BYTES;
            if (!Arrays.equals(old, i, end, bytes, i, end)) {
                file.write((int) ((at + i) / DiskGeometry.SECTOR_BYTES), Arrays.copyOfRange(bytes, i, end));
            }
        }
    }
}
