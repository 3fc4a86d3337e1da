package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * Receive descriptor, status word.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 4, RDES0"
 */
enum Rdes0 implements RegisterField {
    CE(1, 1, "CRC error"), //
    FT(5, 1, "Frame type"), //
    CS(6, 1, "Collision seen"), //
    TL(7, 1, "Frame too long"), //
    LS(8, 1, "Last descriptor of the frame"), //
    FS(9, 1, "First descriptor of the frame"), //
    MF(10, 1, "Group address"), //
    RF(11, 1, "Runt frame"), //
    DE(14, 1, "Descriptor error: the frame was cut because the next descriptor belongs to the host"), //
    ES(15, 1, "Error summary"), //
    FL(16, 14, "Frame length in bytes, CRC included"), //
    FF(30, 1, "The frame failed the address filter"), //
    OWN(31, 1, "The chip owns the descriptor");

    private final Place place;

    Rdes0(int low, int width, String meaning) {
        place = new Place(low, width, meaning);
    }

    @Override
    public Place place() {
        return place;
    }
}
