package org.xenomips.devices.fpga;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotWriter;

class NetworkInterruptsTest {
    private boolean line;
    private final NetworkInterrupts interrupts = new NetworkInterrupts(asserted -> line = asserted);

    @Test
    void everyPortOfSlotsZeroToSevenHasABitOfItsOwn() {
        Set<String> seen = new HashSet<>();
        for (int slot = 0; slot < 8; slot++) {
            for (int port = 0; port < 8; port++) {
                interrupts.input(slot, port).set(true);
                String bits = "%08x %08x %08x".formatted(interrupts.status(0), interrupts.status(1),
                        interrupts.status(2));
                assertThat(Integer.bitCount(interrupts.status(0)) + Integer.bitCount(interrupts.status(1))
                        + Integer.bitCount(interrupts.status(2))).as("slot %d port %d", slot, port).isEqualTo(1);
                assertThat(seen.add(bits)).as(bits).isTrue();
                interrupts.input(slot, port).set(false);
            }
        }
        assertThat(seen).hasSize(64);
    }

    @Test
    void lineFollowsStatusAndMask() {
        interrupts.input(5, 2).set(true);
        assertThat(line).isFalse();
        interrupts.setMask(1, 1 << 26);
        assertThat(line).isTrue();
        interrupts.input(5, 3).set(true);
        interrupts.input(5, 2).set(false);
        assertThat(line).isFalse();
    }

    @Test
    void resetClearsMasksButNotWhatControllersAssert() {
        interrupts.input(0, 0).set(true);
        interrupts.setMask(0, -1);
        interrupts.reset();
        assertThat(line).isFalse();
        assertThat(interrupts.status(0)).isEqualTo(1);
    }

    @Test
    void snapshotRestoresTheLine() throws SnapshotException {
        interrupts.input(7, 1).set(true);
        interrupts.setMask(2, -1);
        SnapshotWriter saved = new SnapshotWriter();
        interrupts.save(saved);
        interrupts.reset();
        interrupts.input(7, 1).set(false);
        assertThat(line).isFalse();
        interrupts.restore(saved.reader("network"));
        assertThat(line).isTrue();
    }
}
