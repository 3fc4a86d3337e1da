package org.xenomips.devices.nic.dec21140;

import java.util.ArrayList;
import java.util.List;

/**
 * Drives the chip in the order and with the values of the Linux {@code tulip} driver (polling receive mode), so that what that
 * driver depends on is tested without a kernel.
 */
final class TulipDriver {
    static final int RX_RING = 128;
    static final int TX_RING = 32;
    static final int BUFFER = 1540;
    static final int VALID_INTERRUPTS = 0x0001_ebef;
    static final int RX_POLL_INTERRUPTS = 0xc0;
    static final int MII_MODE = 0x0004_0000;
    static final int RX_ON = 0x0002;
    static final int TX_ON = 0x2000;

    private static final int BUS_MODE = 0x0020_4000;
    private static final int RX_DESCRIPTORS = 0x10_0000;
    private static final int TX_DESCRIPTORS = 0x11_0000;
    private static final int SETUP = 0x12_0000;
    private static final int RX_BUFFERS = 0x14_0000;
    private static final int TX_BUFFERS = 0x20_0000;
    private static final int OWN = 0x8000_0000;
    private static final int END_OF_RING = 0x0200_0000;
    private static final int SET_UP = 0x0800_0000;

    final Bench bench;
    final List<byte[]> received = new ArrayList<>();
    int receiveErrors;
    int missed;
    int txReclaimed;
    int unavailableSeen;
    int timerSeen;
    boolean stopped;
    private int rxNext;
    private int txNext;
    private int txDirty;
    private int csr6;

    TulipDriver(Bench bench) {
        this.bench = bench;
    }

    /** The bus scan: interrupt-disable probe, sizing, assignment, enabling. */
    void scan(int address) {
        bench.config(4, bench.config(4) ^ 0x0400);
        bench.config(4, bench.config(4) & ~0x0400);
        for (int bar = 0x10; bar <= 0x24; bar += 4) {
            int before = bench.config(bar);
            bench.config(bar, -1);
            bench.config(bar, before);
        }
        bench.config(0x14, address);
        bench.config(0x10, 0x1000);
        bench.config(0x3c, 9);
        bench.config(4, bench.config(4) | 3);
        bench.config(4, bench.config(4) | 4);
        bench.base = Integer.toUnsignedLong(address);
    }

    int size(int bar) {
        int before = bench.config(bar);
        bench.config(bar, -1);
        int mask = bench.config(bar);
        bench.config(bar, before);
        return mask;
    }

    /** Reads a serial ROM word with {@code addressBits} of address; the result has the command's echo in its upper bits. */
    int serialRom(int location, int addressBits) {
        int enable = 0x4801;
        int command = location | 6 << addressBits;
        int value = 0;
        bench.csr(9, enable & ~1);
        bench.csr(9, enable);
        for (int i = 4 + addressBits; i >= 0; i--) {
            int bit = (command >> i & 1) != 0 ? 4 : 0;
            bench.csr(9, enable | bit);
            bench.csr(9, enable | bit | 2);
            value = value << 1 | bench.csr(9) >> 3 & 1;
        }
        bench.csr(9, enable);
        for (int i = 0; i < 16; i++) {
            bench.csr(9, enable | 2);
            value = value << 1 | bench.csr(9) >> 3 & 1;
            bench.csr(9, enable);
        }
        bench.csr(9, enable & ~1);
        return value;
    }

    byte[] serialRomImage() {
        int addressBits = (serialRom(0xff, 8) & 0x4_0000) != 0 ? 8 : 6;
        byte[] image = new byte[128];
        for (int i = 0; i < 64; i++) {
            int word = serialRom(i, addressBits);
            image[2 * i] = (byte) word;
            image[2 * i + 1] = (byte) (word >> 8);
        }
        return image;
    }

    private void mdioPreamble() {
        for (int i = 32; i >= 0; i--) {
            bench.csr(9, 0x2_0000);
            bench.csr(9, 0x3_0000);
        }
    }

    private void mdioSend(int bits, int count) {
        for (int i = count - 1; i >= 0; i--) {
            int value = (bits >> i & 1) != 0 ? 0x2_0000 : 0;
            bench.csr(9, value);
            bench.csr(9, value | 0x1_0000);
        }
    }

    int mdioRead(int phy, int register) {
        mdioPreamble();
        mdioSend(0xf6 << 10 | phy << 5 | register, 16);
        int value = 0;
        for (int i = 19; i > 0; i--) {
            bench.csr(9, 0x4_0000);
            value = value << 1 | bench.csr(9) >> 19 & 1;
            bench.csr(9, 0x5_0000);
        }
        return value >> 1 & 0xffff;
    }

    void mdioWrite(int phy, int register, int value) {
        mdioPreamble();
        mdioSend(0x5002_0000 | phy << 23 | register << 18 | value, 32);
        for (int i = 2; i > 0; i--) {
            bench.csr(9, 0x4_0000);
            bench.csr(9, 0x5_0000);
        }
    }

    /** The addresses at which the driver would take a PHY. */
    List<Integer> transceivers() {
        List<Integer> found = new ArrayList<>();
        for (int n = 1; n <= 32; n++) {
            int status = mdioRead(n & 31, 1);
            if ((status & 0x8301) == 0x8001 || (status & 0x8000) == 0 && (status & 0x7800) != 0) {
                found.add(n & 31);
            }
        }
        return found;
    }

    /** Brings the interface up with a perfect filter for the station and broadcast. */
    void up() {
        stopped = false;
        rxNext = 0;
        txNext = 0;
        txDirty = 0;
        bench.csr(6, MII_MODE);
        bench.csr(0, 1);
        bench.csr(0, BUS_MODE);
        for (int i = 0; i < RX_RING; i++) {
            bench.word(rx(i) + 4, BUFFER | (i == RX_RING - 1 ? END_OF_RING : 0));
            bench.word(rx(i) + 8, RX_BUFFERS + i * 2048);
            bench.word(rx(i) + 12, (int) rx((i + 1) % RX_RING));
            bench.word(rx(i), OWN);
        }
        for (int i = 0; i < TX_RING; i++) {
            bench.word(tx(i), 0);
            bench.word(tx(i) + 4, 0);
            bench.word(tx(i) + 12, (int) tx((i + 1) % TX_RING));
        }
        bench.csr(3, RX_DESCRIPTORS);
        bench.csr(4, TX_DESCRIPTORS);
        setup(perfect(), 0);
        csr6 = MII_MODE | 0x0200;
        bench.csr(6, csr6 | TX_ON);
        bench.csr(5, VALID_INTERRUPTS);
        bench.csr(7, VALID_INTERRUPTS);
        csr6 |= TX_ON | RX_ON;
        bench.csr(6, csr6);
        bench.csr(2, 0);
    }

    private static byte[] perfect() {
        byte[] setup = new byte[192];
        for (int entry = 0; entry < 16; entry++) {
            for (int i = 0; i < 6; i++) {
                byte value = entry == 15 ? Bench.MAC[i] : (byte) 0xff;
                int at = entry * 12 + i / 2 * 4 + i % 2;
                setup[at] = value;
                setup[at + 2] = value;
            }
        }
        return setup;
    }

    /** More than 14 groups: a hash table, broadcast and the station address included. */
    void setGroups(List<Long> groups) {
        byte[] setup = new byte[192];
        hash(setup, 0xffff_ffff_ffffL);
        groups.forEach(group -> hash(setup, group));
        for (int i = 0; i < 6; i++) {
            int at = 156 + i / 2 * 4 + i % 2;
            setup[at] = Bench.MAC[i];
            setup[at + 2] = Bench.MAC[i];
        }
        setup(setup, 0x0040_0000);
        bench.csr(1, 0);
        bench.csr(6, csr6);
    }

    private static void hash(byte[] setup, long address) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        for (int shift = 40; shift >= 0; shift -= 8) {
            crc.update((int) (address >>> shift) & 0xff);
        }
        int index = (int) ~crc.getValue() & 0x1ff;
        int at = index / 16 * 4 + index % 16 / 8;
        setup[at] |= (byte) (1 << index % 8);
        setup[at + 2] = setup[at];
    }

    /** Queues a setup frame; one that is not in entry 0 is preceded by an empty descriptor. */
    private void setup(byte[] content, int filterBits) {
        bench.bytes(SETUP, content);
        int entry = txNext++ % TX_RING;
        int dummy = -1;
        if (entry != 0) {
            bench.word(tx(entry) + 4, entry == TX_RING - 1 ? END_OF_RING : 0);
            bench.word(tx(entry) + 8, 0);
            dummy = entry;
            entry = txNext++ % TX_RING;
        }
        bench.word(tx(entry) + 4, (entry == TX_RING - 1 ? END_OF_RING : 0) | SET_UP | filterBits | 192);
        bench.word(tx(entry) + 8, SETUP);
        bench.word(tx(entry), OWN);
        if (dummy >= 0) {
            bench.word(tx(dummy), OWN);
        }
    }

    /** Queues a frame; false if the ring is full. */
    boolean transmit(byte[] frame) {
        if (txNext - txDirty >= TX_RING - 2) {
            return false;
        }
        int entry = txNext % TX_RING;
        long buffer = TX_BUFFERS + entry * 2048L;
        bench.bytes(buffer, frame);
        int flags = txNext - txDirty == TX_RING / 2 ? 0xe000_0000 : 0x6000_0000;
        bench.word(tx(entry) + 8, (int) buffer);
        bench.word(tx(entry) + 4, frame.length | flags | (entry == TX_RING - 1 ? END_OF_RING : 0));
        bench.word(tx(entry), OWN);
        txNext++;
        bench.csr(1, 0);
        return true;
    }

    /** The interrupt handler and the receive poll that follows it. */
    void interrupt() {
        for (int work = 0; work < 20; work++) {
            int csr5 = bench.csr(5);
            if ((csr5 & 0x0001_8000) == 0) {
                return;
            }
            if ((csr5 & RX_POLL_INTERRUPTS) != 0) {
                bench.csr(7, VALID_INTERRUPTS & ~RX_POLL_INTERRUPTS);
                unavailableSeen += csr5 >> 7 & 1;
                poll();
            }
            bench.csr(5, csr5 & 0x0001_ff3f);
            if ((csr5 & 0x0000_0807) != 0) {
                reclaim();
            }
            timerSeen += csr5 >> 11 & 1;
            missed += bench.csr(8) & 0xffff;
        }
        throw new AssertionError("interrupt does not go away");
    }

    private void poll() {
        do {
            bench.csr(5, RX_POLL_INTERRUPTS);
            while ((bench.word(rx(rxNext)) & OWN) == 0) {
                takeReceived(bench.word(rx(rxNext)));
                bench.word(rx(rxNext), OWN);
                rxNext = (rxNext + 1) % RX_RING;
            }
        } while ((bench.csr(5) & 0x40) != 0);
        bench.csr(7, VALID_INTERRUPTS);
    }

    private void takeReceived(int status) {
        if ((status & (0x3800_0000 | 0x4000 | 0x0800 | 0x0300 | 0x0052)) != 0x0300) {
            receiveErrors++;
            return;
        }
        received.add(bench.bytes(RX_BUFFERS + rxNext * 2048L, (status >> 16 & 0x7ff) - 4));
    }

    private void reclaim() {
        while (txDirty != txNext && (bench.word(tx(txDirty % TX_RING)) & OWN) == 0) {
            txDirty++;
            txReclaimed++;
        }
    }

    /** What the driver programs to be called back when it gave up under load. */
    void startTimer(int count) {
        bench.csr(7, VALID_INTERRUPTS & ~0x00ff | 0x8800);
        bench.csr(5, 0x0800);
        bench.csr(11, count);
    }

    /** Takes the interface down; false if the chip does not stop. */
    boolean down() {
        bench.csr(7, 0);
        csr6 &= ~(RX_ON | TX_ON);
        bench.csr(6, csr6);
        stopped = (bench.csr(5) & 0x007e_0000) == 0;
        bench.csr(5, bench.csr(5));
        missed += bench.csr(8) & 0xffff;
        return stopped;
    }

    private static long rx(int entry) {
        return RX_DESCRIPTORS + entry * 16L;
    }

    private static long tx(int entry) {
        return TX_DESCRIPTORS + entry * 16L;
    }
}
