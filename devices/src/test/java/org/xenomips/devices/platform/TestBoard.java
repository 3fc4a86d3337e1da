package org.xenomips.devices.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.NoGuest;
import org.xenomips.machine.Platform;
import org.xenomips.machine.PlatformFactory;
import org.xenomips.memory.PhysicalMap;

/**
 * A board with its machine but without a running processor: a test is the guest and drives the physical map. Interrupt lines are
 * recorded.
 */
final class TestBoard implements AutoCloseable {
    static final long GT = 0x1400_0000L;
    static final long REMOTE = 0x1600_0000L;
    static final long NVRAM = 0x1e00_0000L;
    static final long MP_FPGA = 0x1e80_0000L;
    static final long IO_FPGA = 0x1e84_0000L;

    /** Interrupt inputs of the processor by Cause.IP number. */
    final boolean[] lines = new boolean[8];
    final Machine machine;
    final C7200 board;

    private TestBoard(MachineConfig config) throws ConfigurationException {
        machine = new Machine(config, new Factory(), new NoGuest());
        board = (C7200) machine.platform();
    }

    /** A board with its files in {@code directory}, no consoles, and virtual time. */
    static TestBoard build(Path directory, Consumer<MachineConfig> settings) throws ConfigurationException {
        MachineConfig config = new MachineConfig();
        config.workingDirectory = directory;
        config.console = new MachineConfig.Console.None();
        config.clock = MachineConfig.Clock.VIRTUAL;
        config.ramMb = 64;
        config.disk0Mb = 1;
        config.mac = new byte[]{ 2, 0, 0x0a, 0x0b, 0x0c, 0 };
        settings.accept(config);
        return new TestBoard(config);
    }

    static TestBoard build(Path directory, String npe) throws ConfigurationException {
        return build(directory, config -> config.npe = npe);
    }

    PhysicalMap memory() {
        return machine.memory();
    }

    int r32(long physicalAddress) {
        return (int) memory().read(physicalAddress, 4, false);
    }

    int r16(long physicalAddress) {
        return (int) memory().read(physicalAddress, 2, false);
    }

    int r8(long physicalAddress) {
        return (int) memory().read(physicalAddress, 1, false);
    }

    void w32(long physicalAddress, int value) {
        memory().write(physicalAddress, 4, value, false);
    }

    void w16(long physicalAddress, int value) {
        memory().write(physicalAddress, 2, value, false);
    }

    void w8(long physicalAddress, int value) {
        memory().write(physicalAddress, 1, value, false);
    }

    /** Reads a system controller register in the controller's byte order. */
    int gt(int offset) {
        return Integer.reverseBytes(r32(GT + offset));
    }

    void gt(int offset, int value) {
        w32(GT + offset, Integer.reverseBytes(value));
    }

    int pci(int root, int bus, int device, int register) {
        return pci(root, bus, device, 0, register);
    }

    int pci(int root, int bus, int device, int function, int register) {
        int address = root == 0 ? 0xcf8 : 0xcf0;
        gt(address, 0x8000_0000 | bus << 16 | device << 11 | function << 8 | register);
        return gt(address + 4);
    }

    void pciWrite(int root, int bus, int device, int register, int value) {
        int address = root == 0 ? 0xcf8 : 0xcf0;
        gt(address, 0x8000_0000 | bus << 16 | device << 11 | register);
        gt(address + 4, value);
    }

    /** Lets the guest idle until {@code nanos} have passed and fires what becomes due. */
    void passTime(long nanos) {
        long end = machine.clock().nowNs() + nanos;
        while (machine.timers().nextDeadlineNs() <= end) {
            machine.clock().idleUntil(machine.timers().nextDeadlineNs());
            machine.timers().runDue(machine.clock().nowNs());
        }
        machine.clock().idleUntil(end);
    }

    /** True if something has asked the machine to stop; runs it for the moment that takes. */
    boolean hasStopped() {
        machine.requestStop(Machine.StopReason.USER);
        machine.start();
        try {
            machine.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return machine.stopReason() == Machine.StopReason.GUEST;
    }

    @Override
    public void close() {
        machine.close();
    }

    private final class Factory implements PlatformFactory {
        private final C7200PlatformFactory real = new C7200PlatformFactory();

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public BoardProcessor processor(MachineConfig config) throws ConfigurationException {
            return real.processor(config);
        }

        @Override
        public void checkCard(int slot, String card) {}

        @Override
        public Platform create(Machine owner, MachineConfig config) throws ConfigurationException {
            return new C7200(owner, config, ip -> asserted -> lines[ip] = asserted);
        }

        @Override
        public List<BuiltInGuest> builtInGuests() {
            return real.builtInGuests();
        }

        @Override
        public String catalogue() {
            return real.catalogue();
        }
    }
}
