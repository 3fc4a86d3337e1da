package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * Transmit descriptor, status word.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 4, TDES0"
 */
enum Tdes0 implements RegisterField {
    UF(1, 1, "Underflow"), //
    ES(15, 1, "Error summary"), //
    OWN(31, 1, "The chip owns the descriptor");

    private final Place place;

    Tdes0(int low, int width, String meaning) {
        place = new Place(low, width, meaning);
    }

    @Override
    public Place place() {
        return place;
    }
}
