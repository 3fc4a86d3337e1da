package org.xenomips.devices.fpga;

import org.xenomips.device.InterruptLine;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/**
 * Fan-in of the network controllers' interrupt outputs: three status words with a mask each; the processor's network
 * interrupt is asserted while any status bit is set that its mask enables. Status bits are levels: only the controller
 * can clear them. In step 7 of a received frame's way.
 *
 * <p>Thread: machine thread.
 */
public final class NetworkInterrupts implements Resettable, Snapshotable {
    /** Status words: midplane FPGA 0x10, midplane FPGA 0x18, I/O FPGA 0x294. */
    public static final int WORDS = 3;

    /** Status word and lowest bit by slot; slot 8, which only an NPE-G2 has, shares the place of slot 0. */
    private static final int[] WORD = { 0, 0, 1, 0, 0, 1, 1, 2, 0 };
    private static final int[] LOW_BIT = { 0, 8, 8, 24, 16, 24, 16, 24, 0 };
    private static final int PORTS = 8;

    private final InterruptLine output;
    private final int[] status = new int[WORDS];
    private final int[] mask = new int[WORDS];

    /** {@code output} is the processor's network interrupt input. */
    public NetworkInterrupts(InterruptLine output) {
        this.output = output;
    }

    /** The input of interrupt port {@code port} (0..7) of {@code slot} (0..8). */
    public InterruptLine input(int slot, int port) {
        if (port < 0 || port >= PORTS) {
            throw new IllegalArgumentException("interrupt port " + port);
        }
        int word = WORD[slot];
        int bit = 1 << LOW_BIT[slot] + port;
        return asserted -> {
            status[word] = asserted ? status[word] | bit : status[word] & ~bit;
            update();
        };
    }

    int status(int word) {
        return status[word];
    }

    int mask(int word) {
        return mask[word];
    }

    void setMask(int word, int value) {
        mask[word] = value;
        update();
    }

    private void update() {
        output.set((status[0] & mask[0] | status[1] & mask[1] | status[2] & mask[2]) != 0);
    }

    /** Masks to 0; status follows the controllers, which are reset on their own. */
    @Override
    public void reset() {
        java.util.Arrays.fill(mask, 0);
        update();
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putInts("status", status);
        out.putInts("mask", mask);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.getInts("status", status);
        in.getInts("mask", mask);
        update();
    }
}
