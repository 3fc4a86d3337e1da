package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * Transmit descriptor, status word.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 4, TDES0"
 */
enum Tdes0 implements RegisterField {
    UF(1, 1, "Underflow"), ES(15, 1, "Error summary"), OWN(31, 1, "The chip owns the descriptor");

    private final int low;
    private final int width;
    private final String meaning;

    Tdes0(int low, int width, String meaning) {
        this.low = low;
        this.width = width;
        this.meaning = meaning;
    }

    @Override
    public int low() {
        return low;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
