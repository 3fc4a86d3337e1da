package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * General-purpose timer register.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 3, CSR11"
 */
enum Csr11 implements RegisterField {
    TIM(0, 16, "Timer periods until expiry, 0 = off"), CON(16, 1, "Continuous: starts again after expiry");

    private final int low;
    private final int width;
    private final String meaning;

    Csr11(int low, int width, String meaning) {
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
