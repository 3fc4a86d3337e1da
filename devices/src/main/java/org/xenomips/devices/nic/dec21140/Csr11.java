package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * General-purpose timer register.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 3, CSR11"
 */
enum Csr11 implements RegisterField {
    TIM(0, 16, "Timer periods until expiry, 0 = off"), //
    CON(16, 1, "Continuous: starts again after expiry");

    private final Place place;

    Csr11(int low, int width, String meaning) {
        place = new Place(low, width, meaning);
    }

    @Override
    public Place place() {
        return place;
    }
}
