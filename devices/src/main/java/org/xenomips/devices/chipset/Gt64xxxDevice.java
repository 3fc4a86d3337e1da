package org.xenomips.devices.chipset;

import java.util.List;
import org.xenomips.bits.Bits;
import org.xenomips.device.InterruptLine;
import org.xenomips.device.MmioDevice;
import org.xenomips.device.RegisterFile;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.devices.chipset.Gt64xxxRegisters.PciCommand;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.pci.FixedFunction;
import org.xenomips.pci.PciFunction;
import org.xenomips.pci.PciHost;
import org.xenomips.time.GuestClock;
import org.xenomips.time.TimerQueue;

/**
 * GT-64010 or GT-64120 system controller: PCI configuration cycles, DMA engine, interrupt cause and mask.
 *
 * <p>The chip is little-endian on a big-endian processor: the bytes of a register are exchanged for every access size,
 * so only aligned word accesses are useful. The PCI hosts are given from outside because the two controllers of an
 * NPE-300 share theirs.
 *
 * <p>Thread: machine thread.
 *
 * @see "Galileo GT-64120A data sheet"
 */
public final class Gt64xxxDevice implements MmioDevice, Resettable, Snapshotable {
    /** Length of the register window in bytes. */
    public static final int WINDOW = 0x1000;

    private final GtModel model;
    private final InterruptLine interrupt;
    private final List<PciHost> hosts;
    private final RegisterFile<Gt64xxxDevice, Gt64xxxRegisters> registers;
    private final GtDmaEngine dma;

    /**
     * A controller at its reset state.
     *
     * @param name name in messages, such as {@code gt0}
     * @param interrupt the chip's CPU interrupt output
     * @param hosts the PCI roots, as many as {@link GtModel#roots}
     */
    public Gt64xxxDevice(String name, GtModel model, PhysicalMap memory, InterruptLine interrupt, TimerQueue timers,
            GuestClock clock, List<PciHost> hosts) {
        if (hosts.size() != model.roots()) {
            throw new IllegalArgumentException(model + " has " + model.roots() + " PCI roots, not " + hosts.size());
        }
        this.model = model;
        this.interrupt = interrupt;
        this.hosts = List.copyOf(hosts);
        this.registers = new RegisterFile<>(name, this, Gt64xxxRegisters.class);
        this.dma = new GtDmaEngine(name, registers, memory, timers, clock, this::dmaCompleted);
    }

    GtModel model() {
        return model;
    }

    GtDmaEngine dma() {
        return dma;
    }

    /** True while the guest has byte exchange between PCI and memory switched on (PCI command, MByteSwap = 0). */
    public boolean byteSwap() {
        return !PciCommand.MByteSwap.isSet(registers.get(Gt64xxxRegisters.PCI_COMMAND));
    }

    /** The controller's own function, device 0 of its first PCI root. */
    public PciFunction pciFunction() {
        return new FixedFunction(model.vendorDevice(), model.classRevision());
    }

    @Override
    public long read(int offset, int sizeBytes) {
        return Bits.swapBytes(registers.read(offset) & 0xffff_ffffL, 4);
    }

    @Override
    public void write(int offset, int sizeBytes, long value) {
        registers.write(offset, Integer.reverseBytes((int) value));
    }

    @Override
    public boolean isIdempotentRead(int offset) {
        return registers.readIsPure(offset);
    }

    private void dmaCompleted(int channel) {
        registers.setBits(Gt64xxxRegisters.INTERRUPT_CAUSE, Gt64xxxRegisters.Cause.values()[channel].mask());
        updateInterrupt();
    }

    void updateInterrupt() {
        int pending = registers.get(Gt64xxxRegisters.INTERRUPT_CAUSE) & registers.get(Gt64xxxRegisters.INTERRUPT_MASK);
        interrupt.set(pending != 0);
    }

    int configAddress(int root) {
        return root < hosts.size() ? hosts.get(root).address() : 0;
    }

    void setConfigAddress(int root, int address) {
        if (root < hosts.size()) {
            hosts.get(root).setAddress(address);
        }
    }

    int configRead(int root) {
        return root < hosts.size() ? hosts.get(root).read() : 0;
    }

    /** Returns what the data register stores: nothing. */
    int configWrite(int root, int value) {
        if (root < hosts.size()) {
            hosts.get(root).write(value);
        }
        return 0;
    }

    @Override
    public void reset() {
        registers.reset();
        dma.reset();
        for (PciHost host : hosts) {
            host.setAddress(0);
        }
        updateInterrupt();
    }

    @Override
    public void save(SnapshotWriter out) {
        out.section("registers", registers);
        out.section("dma", dma);
        for (int i = 0; i < hosts.size(); i++) {
            out.putInt("configAddress" + i, hosts.get(i).address());
        }
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.section("registers", registers);
        in.section("dma", dma);
        for (int i = 0; i < hosts.size(); i++) {
            hosts.get(i).setAddress(in.getInt("configAddress" + i));
        }
        updateInterrupt();
    }
}
