package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * Transmit descriptor, control word.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 4, TDES1"
 */
enum Tdes1 implements RegisterField {
    TBS1(0, 11, "Size of buffer 1 in bytes"), //
    TBS2(11, 11, "Size of buffer 2 in bytes"), //
    FT0(22, 1, "Filter type, low bit"), //
    DPD(23, 1, "No padding to 60 bytes"), //
    TCH(24, 1, "Word 3 is the address of the next descriptor"), //
    TER(25, 1, "Last descriptor of the ring"), //
    AC(26, 1, "Append no CRC"), //
    SET(27, 1, "Setup frame"), //
    FT1(28, 1, "Filter type, high bit"), //
    FS(29, 1, "First segment of a frame"), //
    LS(30, 1, "Last segment of a frame"), //
    IC(31, 1, "Interrupt when done");

    private final Place place;

    Tdes1(int low, int width, String meaning) {
        place = new Place(low, width, meaning);
    }

    @Override
    public Place place() {
        return place;
    }
}
