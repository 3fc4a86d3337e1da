package org.xenomips.devices.nic.dec21140;

import java.util.concurrent.atomic.AtomicBoolean;
import org.xenomips.bits.Bits;
import org.xenomips.devices.nic.NicEnvironment;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.net.NetworkLink;
import org.xenomips.pci.PciBus;
import org.xenomips.pci.PciHost;
import org.xenomips.time.TimerQueue;

/** A chip on a bus with memory, time, an interrupt line and a plugged-in port: what a driver sees of the world. */
final class Bench implements AutoCloseable {
    static final byte[] MAC = { (byte) 0xca, 0x01, 0x12, 0x34, 0x00, 0x1c };
    static final long RAM_SIZE = 4L << 20;
    private static final int PCI_DEVICE = 3;

    final PhysicalMap map = new PhysicalMap();
    final GuestRam ram = new GuestRam("ram", RAM_SIZE);
    final ManualClock clock = new ManualClock();
    final TimerQueue timers = new TimerQueue();
    final AtomicBoolean interrupt = new AtomicBoolean();
    final RecordingPort port = new RecordingPort();
    final boolean swap;
    final Dec21140Device chip;
    final NetworkLink link;
    final PciHost pci;
    long base;

    Bench(boolean swap) {
        this.swap = swap;
        map.mapRam("ram", 0, RAM_SIZE, ram, 0);
        chip = new Dec21140Device(
                new NicEnvironment("test", map, interrupt::set, timers, clock, () -> swap, MAC.clone()));
        link = new NetworkLink(port, chip, () -> {});
        chip.connect(link);
        PciBus bus = new PciBus("bus");
        bus.add(PCI_DEVICE, chip);
        pci = new PciHost(bus);
    }

    int config(int register) {
        pci.setAddress(PCI_DEVICE << 11 | register);
        return pci.read();
    }

    void config(int register, int value) {
        pci.setAddress(PCI_DEVICE << 11 | register);
        pci.write(value);
    }

    int csr(int number) {
        long value = map.read(base + 8L * number, 4, false);
        return (int) (swap ? Bits.swapBytes(value, 4) : value);
    }

    void csr(int number, int value) {
        map.write(base + 8L * number, 4, swap ? Bits.swapBytes(value & 0xffff_ffffL, 4) : value, false);
    }

    /** A descriptor word as the driver reads it. */
    int word(long address) {
        int value = map.readWord(address);
        return swap ? Integer.reverseBytes(value) : value;
    }

    void word(long address, int value) {
        map.writeWord(address, swap ? Integer.reverseBytes(value) : value);
    }

    void bytes(long address, byte[] data) {
        map.write(address, data, 0, data.length);
    }

    byte[] bytes(long address, int length) {
        byte[] data = new byte[length];
        map.read(address, data, 0, length);
        return data;
    }

    /** Offers a frame to the chip as the link does. */
    void deliver(byte[] frame) {
        port.deliver(frame);
        link.poll();
    }

    void advance(long ns) {
        clock.advance(timers, ns);
    }

    /** Maps the window as the platform's own software does. */
    void mapBare(int address) {
        config(0x14, address);
        config(0x04, 6);
        base = Integer.toUnsignedLong(address);
    }

    static byte[] frame(long destination, int type, int length, int seed) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (i < 6
                    ? destination >>> 40 - 8 * i
                    : i < 12
                            ? 0x0200_0000_0001L >>> 88 - 8 * i
                            : i == 12 ? type >> 8 : i == 13 ? type : seed + 7 * (i - 14));
        }
        return frame;
    }

    @Override
    public void close() {
        ram.close();
    }
}
