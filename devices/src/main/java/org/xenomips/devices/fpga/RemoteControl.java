package org.xenomips.devices.fpga;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.xenomips.device.MmioDevice;
import org.xenomips.device.RegisterFile;
import org.xenomips.device.Resettable;
import org.xenomips.device.SerialPort;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.memory.Region;

/**
 * The device through which the boot ROM talks to the emulator: sizes, image entry point, configuration register,
 * console output, log, ROM monitor variables, stop and reload.
 *
 * <p>Registers 0x5c to 0x64 and the variable commands 4 and 5 are extensions for our own boot ROM and guests; dynamips answers 0
 * there.
 *
 * <p>Thread: machine thread.
 */
public final class RemoteControl implements MmioDevice, Resettable, Snapshotable {
    /** Length of the register window in bytes. */
    public static final int WINDOW = 0x1000;

    private static final int LOG_LINE = 512;

    /**
     * Constant facts the guest can ask for.
     *
     * @param ramMb RAM at physical address 0, without I/O memory
     * @param romMb length of the ROM window
     * @param nvramKb NVRAM
     * @param iomemMb I/O memory
     * @param nvramAddress NVRAM as a kseg1 address
     */
    public record Facts(int ramMb, int romMb, int nvramKb, int iomemMb, int nvramAddress) {
    }

    /** What the device asks of the machine. */
    public interface Host {
        /** Ends the machine. */
        void stop();

        /** Power-cycles the machine. */
        void reload();

        /** Adds a line of the guest's to the machine's log. */
        void log(String line);

        /** Adds the processor's position to the machine's log. */
        void logProcessor();

        /** 32 bits nobody can foretell. */
        int random();
    }

    private final Facts facts;
    private final PhysicalMap memory;
    private final SerialPort console;
    private final Host host;
    private final RommonVariablePort variables;
    private final RegisterFile<RemoteControl, RemoteControlRegisters> registers;
    private final StringBuilder logLine = new StringBuilder();
    private int configRegister;
    private int imageEntry;

    /** {@code console} is the line on which register 0x40 prints. */
    public RemoteControl(Facts facts, PhysicalMap memory, SerialPort console, RommonVariables variables, Host host) {
        this.facts = facts;
        this.memory = memory;
        this.console = console;
        this.host = host;
        this.variables = new RommonVariablePort(variables);
        this.registers = new RegisterFile<>("remote_control", this, RemoteControlRegisters.class);
    }

    @Override
    public long read(int offset, int sizeBytes) {
        return registers.read(offset) & 0xffff_ffffL;
    }

    @Override
    public void write(int offset, int sizeBytes, long value) {
        registers.write(offset, (int) value);
    }

    @Override
    public boolean isIdempotentRead(int offset) {
        return registers.readIsPure(offset);
    }

    Facts facts() {
        return facts;
    }

    RommonVariablePort variables() {
        return variables;
    }

    /** The active configuration register. */
    public int configRegister() {
        return configRegister;
    }

    /** Sets the active configuration register; only its low 16 bits exist. */
    public void setConfigRegister(int value) {
        configRegister = value & 0xffff;
    }

    int imageEntry() {
        return imageEntry;
    }

    /** Sets the entry point the boot ROM starts; 0 = no image is loaded. */
    public void setImageEntry(int entry) {
        imageEntry = entry;
    }

    int stop() {
        host.stop();
        return 0;
    }

    void reload(int value) {
        if (value == 1) {
            host.reload();
        }
    }

    int random() {
        return host.random();
    }

    void noteProcessor() {
        host.logProcessor();
    }

    void print(int character) {
        console.write(character & 0xff);
    }

    /** Only memory that a processor could run from is looked at, as the string comes from the guest. */
    void logString(int physicalAddress) {
        long at = Integer.toUnsignedLong(physicalAddress);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LOG_LINE; i++) {
            Region region = memory.find(at + i, true);
            int character = isMemory(region) ? (int) memory.read(at + i, 1, true) : 0;
            if (character == 0) {
                break;
            }
            text.append((char) character);
        }
        if (!text.isEmpty()) {
            host.log(text.toString());
        }
    }

    private static boolean isMemory(@Nullable Region region) {
        return region != null && region.ram() != null;
    }

    void logCharacter(int value) {
        char character = (char) (value & 0xff);
        if (character == '\n') {
            host.log(logLine.toString());
            logLine.setLength(0);
        } else if (logLine.length() == LOG_LINE - 1) {
            logLine.setLength(0);
        } else {
            logLine.append(character);
        }
    }

    /** The configuration register and the image entry stay. */
    @Override
    public void reset() {
        registers.reset();
        variables.reset();
        logLine.setLength(0);
    }

    @Override
    public void save(SnapshotWriter out) {
        out.section("registers", registers);
        out.section("variables", variables);
        out.putBytes("logLine", logLine.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.putInt("configRegister", configRegister);
        out.putInt("imageEntry", imageEntry);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.section("registers", registers);
        in.section("variables", variables);
        String line = new String(in.getBytes("logLine"), StandardCharsets.ISO_8859_1);
        logLine.setLength(0);
        logLine.append(line, 0, Math.min(line.length(), LOG_LINE - 1));
        configRegister = in.getInt("configRegister");
        imageEntry = in.getInt("imageEntry");
    }
}
