package org.xenomips.devices.storage.pcmcia;

import org.xenomips.device.MmioDevice;
import org.xenomips.device.RegisterFile;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.pci.PciFunction;

/**
 * CL-PD6729 PCI-to-PCMCIA controller: a PCI function without configuration registers and two sockets behind an index
 * and a data port in PCI I/O space.
 *
 * <p>Deviation: no interrupt and no window decoding; the board maps the cards at fixed addresses. On this board data
 * and index port are exchanged against their order on a PC.
 *
 * <p>Thread: machine thread.
 */
public final class Clpd6729 implements PciFunction {
    private static final int VENDOR_DEVICE = 0x1100_1013;
    private static final int DATA_PORT = 0x402;
    private static final int INDEX_PORT = 0x403;
    private static final int REGISTERS_PER_SOCKET = 0x40;
    private static final int CARD_READY = 0xef;
    private static final int EMPTY = 0x80;

    private final Socket[] sockets;
    private final MmioDevice ioPorts = new IoPorts();
    private int index;

    /** A controller with disks in the given sockets. */
    public Clpd6729(boolean disk0Present, boolean disk1Present) {
        sockets = new Socket[]{ new Socket("CLPD6729 socket 0", disk0Present),
                new Socket("CLPD6729 socket 1", disk1Present) };
    }

    /** One socket's registers. */
    static final class Socket implements Resettable, Snapshotable {
        private final boolean present;
        private final RegisterFile<Socket, Clpd6729Registers> registers;

        Socket(String name, boolean present) {
            this.present = present;
            this.registers = new RegisterFile<>(name, this, Clpd6729Registers.class);
        }

        int interfaceStatus(int stored) {
            return present ? CARD_READY : EMPTY;
        }

        @Override
        public void reset() {
            registers.reset();
        }

        @Override
        public void save(SnapshotWriter out) {
            registers.save(out);
        }

        @Override
        public void restore(SnapshotReader in) throws SnapshotException {
            registers.restore(in);
        }
    }

    /** The chip's part of PCI I/O space: offsets are I/O addresses, and only the chip's two ports exist. */
    public MmioDevice ioPorts() {
        return ioPorts;
    }

    private final class IoPorts implements MmioDevice {
        @Override
        public long read(int offset, int sizeBytes) {
            return switch (offset) {
                case DATA_PORT -> index < 2 * REGISTERS_PER_SOCKET
                        ? socket().registers.read(index % REGISTERS_PER_SOCKET)
                        : 0;
                case INDEX_PORT -> index;
                default -> 0;
            };
        }

        @Override
        public void write(int offset, int sizeBytes, long value) {
            if (offset == INDEX_PORT) {
                index = (int) value & 0xff;
            } else if (offset == DATA_PORT && index < 2 * REGISTERS_PER_SOCKET) {
                socket().registers.write(index % REGISTERS_PER_SOCKET, (int) value & 0xff);
            }
        }

        @Override
        public boolean isIdempotentRead(int offset) {
            return true;
        }
    }

    /** The socket the index points to, which must be below 0x80. */
    private Socket socket() {
        return sockets[index / REGISTERS_PER_SOCKET];
    }

    @Override
    public int vendorDevice() {
        return VENDOR_DEVICE;
    }

    /** All other configuration registers read 0. */
    @Override
    public int configRead(int register) {
        return 0;
    }

    /** Configuration writes are ignored. */
    @Override
    public void configWrite(int register, int value) {}

    @Override
    public void reset() {
        index = 0;
        for (Socket socket : sockets) {
            socket.reset();
        }
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putInt("index", index);
        out.section("socket0", sockets[0]);
        out.section("socket1", sockets[1]);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        index = in.getInt("index") & 0xff;
        in.section("socket0", sockets[0]);
        in.section("socket1", sockets[1]);
    }
}
