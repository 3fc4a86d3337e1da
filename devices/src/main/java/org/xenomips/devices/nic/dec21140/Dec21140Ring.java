package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/**
 * A list of descriptors in guest memory: where it begins, where the chip stands, and which descriptor comes next.
 *
 * <p>Thread: machine thread.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 4.2"
 */
abstract class Dec21140Ring implements Snapshotable {
    /** Bus addresses have 32 bits. */
    private static final long BUS_MASK = 0xffff_ffffL;
    private static final int DESCRIPTOR_BYTES = 16;

    final Dec21140Dma dma;
    /** Bus address of the descriptor the chip will look at next. */
    long position;
    private long base;

    Dec21140Ring(Dec21140Dma dma) {
        this.dma = dma;
    }

    /** The list begins at {@code csr} (CSR3 or CSR4), and so does the chip. */
    final void setBase(int csr) {
        base = Integer.toUnsignedLong(csr);
        position = base;
    }

    /**
     * Bus address of the descriptor behind {@code descriptor}.
     *
     * @param endOfRing RER or TER, which is looked at first
     * @param chained RCH or TCH: the last word is an address
     * @param skipWords CSR0.DSL, words between unchained descriptors
     */
    final long next(long descriptor, boolean endOfRing, boolean chained, int skipWords) {
        if (endOfRing) {
            return base;
        }
        return chained
                ? dma.word(descriptor, 3) & ~3L & BUS_MASK
                : descriptor + DESCRIPTOR_BYTES + 4L * skipWords & BUS_MASK;
    }

    @Override
    public final void save(SnapshotWriter out) {
        out.putLong("base", base);
        out.putLong("position", position);
    }

    @Override
    public final void restore(SnapshotReader in) throws SnapshotException {
        base = in.getLong("base") & BUS_MASK;
        position = in.getLong("position") & BUS_MASK;
    }
}
