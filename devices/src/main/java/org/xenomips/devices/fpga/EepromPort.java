package org.xenomips.devices.fpga;

import java.util.List;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/** The EEPROMs that share one port register; several can be driven by the same write. Thread: machine thread. */
final class EepromPort implements Resettable, Snapshotable {
    private final List<Nmc93c46> chips;

    EepromPort(Nmc93c46... chips) {
        this.chips = List.of(chips);
    }

    /** Passes a write on to all chips; returns what the register stores. */
    int write(int before, int after) {
        for (Nmc93c46 chip : chips) {
            chip.portWritten(before, after);
        }
        return after;
    }

    /** The register's value with the outputs of the selected chips. */
    int read(int stored) {
        int value = stored;
        for (Nmc93c46 chip : chips) {
            value = chip.portRead(value);
        }
        return value;
    }

    @Override
    public void reset() {
        for (Nmc93c46 chip : chips) {
            chip.reset();
        }
    }

    @Override
    public void save(SnapshotWriter out) {
        for (int i = 0; i < chips.size(); i++) {
            out.section("chip" + i, chips.get(i));
        }
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        for (int i = 0; i < chips.size(); i++) {
            in.section("chip" + i, chips.get(i));
        }
    }
}
