package org.xenomips.devices.fpga;

import org.jspecify.annotations.Nullable;

/** What the FPGAs see of the card bays. Thread: machine thread. */
public interface Bays {
    /** Slots 0 (I/O card), 1..6 (bays) and 7 (the bay of the jacket card). */
    int SLOTS = 8;

    /** The EEPROM of the card in {@code slot}, or null when the slot is empty. */
    @Nullable
    IdEeprom eeprom(int slot);

    /** True when slot 0 holds an I/O card with a console, not a jacket card. */
    boolean ioCardPresent();
}
