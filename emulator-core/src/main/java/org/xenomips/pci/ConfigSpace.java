package org.xenomips.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;

/**
 * The type 0 configuration header of a function: ids, command and status, base address registers, interrupt line.
 *
 * <p>It behaves in one of two ways, because two kinds of software must find what they expect:
 *
 * <ul>
 * <li><b>Bare</b>, until the guest writes a value other than 0 to the command register. The platform's own software never
 * enables anything and assigns windows without asking for their size: a memory base address register takes any value, shows it
 * unchanged (all ones after a sizing probe), and its window appears there at once with its full decode length. Everything else
 * reads 0. A command write of 0 changes nothing.
 * <li><b>Standard</b> from then on, as in the PCI Local Bus Specification, section 6: stored command and latency bits, size
 * masks, I/O type bit, and a window that is visible only while its command bit is set. A window assigned in bare mode stays
 * visible whatever the command register says, until its register is written again: software that assigns first and enables
 * afterwards, perhaps only as bus master, keeps what it had.
 * </ul>
 *
 * <p>A stock operating system toggles a command bit (to see whether interrupt disabling works) before it sizes, so it meets the
 * standard behaviour from its first sizing probe on. In standard mode a window has its true size, so windows assigned close to
 * each other do not overlap.
 *
 * <p>Deviation: a base address of 0, or of all ones, is not decoded in either mode; a window there would only hide or be hidden
 * by memory.
 *
 * <p>Thread: machine thread. Registers that are not 4-byte aligned read 0.
 *
 * @see "PCI Local Bus Specification 2.2, chapter 6"
 */
public final class ConfigSpace implements PciFunction {
    /** Command: respond to I/O accesses. */
    public static final int COMMAND_IO = 1;
    /** Command: respond to memory accesses. */
    public static final int COMMAND_MEMORY = 1 << 1;
    /** Command: may act as bus master. */
    public static final int COMMAND_MASTER = 1 << 2;

    private static final int COMMAND_STATUS = 0x04;
    private static final int CLASS_REVISION = 0x08;
    /** Cache line size 7:0, latency timer 15:8, header type 23:16. */
    private static final int LATENCY = 0x0c;
    private static final int LATENCY_WRITABLE = 0xffff;
    private static final int FIRST_BAR = 0x10;
    private static final int LAST_BAR = 0x24;
    /** Line 7:0, pin 15:8, minimum grant 23:16, maximum latency 31:24. */
    private static final int INTERRUPT = 0x3c;

    private final int vendorDevice;
    private final int classRevision;
    private final int commandMask;
    private final int status;
    private final int interruptFixed;
    private final List<Bar> bars;
    private final Map<Integer, Integer> storageMasks;
    private final Map<Integer, Integer> storage = new TreeMap<>();
    private boolean standard;
    private int command;
    private int latency;
    private int interruptLine;

    private ConfigSpace(Builder builder) {
        vendorDevice = builder.vendorDevice;
        classRevision = builder.classRevision;
        commandMask = builder.commandMask;
        status = builder.status;
        interruptFixed = builder.interruptFixed;
        bars = List.copyOf(builder.bars);
        storageMasks = Map.copyOf(builder.storageMasks);
    }

    /** Starts the description of a function; {@code vendorDevice} has the device id in bits 31:16. */
    public static Builder of(int vendorDevice, int classRevision) {
        return new Builder(vendorDevice, classRevision);
    }

    /** Describes a function; every method returns the builder. */
    public static final class Builder {
        private final int vendorDevice;
        private final int classRevision;
        private int commandMask = COMMAND_IO | COMMAND_MEMORY | COMMAND_MASTER;
        private int status;
        private int interruptFixed;
        private final List<Bar> bars = new ArrayList<>();
        private final Map<Integer, Integer> storageMasks = new TreeMap<>();

        private Builder(int vendorDevice, int classRevision) {
            this.vendorDevice = vendorDevice;
            this.classRevision = classRevision;
        }

        /** Command bits (15:0) that can be set; I/O, memory and master unless given. */
        public Builder command(int writableMask) {
            commandMask = writableMask;
            return this;
        }

        /** Status bits (15:0) a standard read shows; none can be cleared because nothing ever sets one. */
        public Builder status(int value) {
            status = value;
            return this;
        }

        /** The function has an interrupt: pin 1 (INTA#) to 4, minimum grant and maximum latency in units of 250 ns. */
        public Builder interrupt(int pin, int minGrant, int maxLatency) {
            interruptFixed = maxLatency << 24 | minGrant << 16 | pin << 8;
            return this;
        }

        /**
         * A memory base address register at {@code register}.
         *
         * @param size true size in bytes, a power of two of at least 16
         * @param bareLength decode length in bytes in bare mode
         */
        public Builder memoryBar(int register, int size, int bareLength, BarWindow window) {
            return bar(new Bar(register, size, bareLength, false, window));
        }

        /** An I/O base address register of {@code size} bytes (a power of two, at least 4); absent in bare mode. */
        public Builder ioBar(int register, int size, BarWindow window) {
            return bar(new Bar(register, size, size, true, window));
        }

        /** A device-specific register (0x40 to 0xfc) whose bits of {@code writableMask} are stored. */
        public Builder storage(int register, int writableMask) {
            storageMasks.put(register, writableMask);
            return this;
        }

        private Builder bar(Bar bar) {
            if (bar.register < FIRST_BAR || bar.register > LAST_BAR || Integer.bitCount(bar.size) != 1) {
                throw new IllegalArgumentException("base address register " + bar.register + " of " + bar.size);
            }
            bars.add(bar);
            return this;
        }

        public ConfigSpace build() {
            return new ConfigSpace(this);
        }
    }

    @Override
    public int vendorDevice() {
        return vendorDevice;
    }

    /** True once the guest has written a command other than 0. */
    public boolean isStandard() {
        return standard;
    }

    /** The command register; 0 in bare mode. */
    public int command() {
        return command;
    }

    @Override
    public int configRead(int register) {
        if (register == CLASS_REVISION) {
            return classRevision;
        }
        for (Bar bar : bars) {
            if (bar.register == register) {
                return bar.read(standard);
            }
        }
        if (!standard) {
            return 0;
        }
        return switch (register) {
            case COMMAND_STATUS -> status << 16 | command;
            case LATENCY -> latency;
            case INTERRUPT -> interruptFixed | interruptLine;
            default -> storage.getOrDefault(register, 0);
        };
    }

    @Override
    public void configWrite(int register, int value) {
        switch (register) {
            case COMMAND_STATUS -> writeCommand(value & 0xffff);
            case LATENCY -> latency = value & LATENCY_WRITABLE;
            case INTERRUPT -> interruptLine = value & 0xff;
            default -> {
                Integer mask = storageMasks.get(register);
                if (mask != null) {
                    storage.put(register, value & mask);
                }
                for (Bar bar : bars) {
                    if (bar.register == register) {
                        bar.write(value, standard, command);
                    }
                }
            }
        }
    }

    private void writeCommand(int value) {
        standard |= value != 0;
        command = value & commandMask;
        for (Bar bar : bars) {
            bar.decode(command);
        }
    }

    /** Takes all windows off the bus; for hot removal. */
    public void removeWindows() {
        for (Bar bar : bars) {
            bar.hide();
        }
    }

    @Override
    public void reset() {
        standard = false;
        command = 0;
        latency = 0;
        interruptLine = 0;
        storage.clear();
        for (Bar bar : bars) {
            bar.reset();
        }
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putBoolean("standard", standard);
        out.putInt("command", command);
        out.putInt("latency", latency);
        out.putInt("interruptLine", interruptLine);
        for (Bar bar : bars) {
            out.putInt("bar" + bar.register, bar.value);
            out.putBoolean("bare" + bar.register, bar.bare);
        }
        for (int register : storageMasks.keySet().stream().sorted().toList()) {
            out.putInt("storage" + register, storage.getOrDefault(register, 0));
        }
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        standard = in.getBoolean("standard");
        command = in.getInt("command") & commandMask;
        latency = in.getInt("latency") & LATENCY_WRITABLE;
        interruptLine = in.getInt("interruptLine") & 0xff;
        for (Bar bar : bars) {
            bar.value = in.getInt("bar" + bar.register);
            bar.bare = in.getBoolean("bare" + bar.register);
            bar.hide();
            bar.decode(command);
        }
        for (int register : storageMasks.keySet()) {
            storage.put(register, in.getInt("storage" + register));
        }
    }

    /** One base address register and where its window is. */
    private static final class Bar {
        private final int register;
        private final int size;
        private final int bareLength;
        private final boolean io;
        private final BarWindow window;
        private int value;
        /** The value was written in bare mode. */
        private boolean bare = true;
        private boolean visible;

        Bar(int register, int size, int bareLength, boolean io, BarWindow window) {
            this.register = register;
            this.size = size;
            this.bareLength = bareLength;
            this.io = io;
            this.window = window;
        }

        int read(boolean standard) {
            if (!standard) {
                return value;
            }
            return value & -size | (io ? 1 : 0);
        }

        void write(int written, boolean standard, int command) {
            if (!standard && io) {
                return;
            }
            value = standard ? written & -size : written;
            bare = !standard;
            hide();
            decode(command);
        }

        void decode(int command) {
            boolean assigned = value != 0 && (value & -size) != -size;
            boolean enabled = bare ? !io : (command & (io ? COMMAND_IO : COMMAND_MEMORY)) != 0;
            if (!assigned || !enabled) {
                hide();
            } else if (!visible) {
                visible = true;
                window.place(Integer.toUnsignedLong(value), bare ? bareLength : size);
            }
        }

        void hide() {
            if (visible) {
                visible = false;
                window.remove();
            }
        }

        void reset() {
            value = 0;
            bare = true;
            hide();
        }
    }
}
