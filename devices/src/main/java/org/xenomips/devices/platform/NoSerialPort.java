package org.xenomips.devices.platform;

import org.xenomips.device.SerialPort;

/** A serial line that ends nowhere. */
final class NoSerialPort implements SerialPort {
    @Override
    public boolean hasInput() {
        return false;
    }

    @Override
    public int read() {
        return -1;
    }

    @Override
    public void write(int character) {}

    @Override
    public void flush() {}

    @Override
    public void onInput(Runnable listener) {}
}
