package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * Receive descriptor, control word.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 4, RDES1"
 */
enum Rdes1 implements RegisterField {
    RBS1(0, 11, "Size of buffer 1 in bytes"), //
    RBS2(11, 11, "Size of buffer 2 in bytes"), //
    RCH(24, 1, "Word 3 is the address of the next descriptor"), //
    RER(25, 1, "Last descriptor of the ring");

    private final Place place;

    Rdes1(int low, int width, String meaning) {
        place = new Place(low, width, meaning);
    }

    @Override
    public Place place() {
        return place;
    }
}
