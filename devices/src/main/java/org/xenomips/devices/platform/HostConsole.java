package org.xenomips.devices.platform;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import org.xenomips.device.SerialPort;
import org.xenomips.machine.MachineConfig;

/** A serial line that prints on standard output or nowhere and has no input. */
final class HostConsole implements SerialPort, AutoCloseable {
    private final @Nullable PrintStream out;

    HostConsole(MachineConfig.Console spec) {
        out = spec instanceof MachineConfig.Console.Stdio ? System.out : null;
    }

    @Override
    public boolean hasInput() {
        return false;
    }

    @Override
    public int read() {
        return -1;
    }

    @Override
    public void write(int character) {
        if (out != null) {
            out.write(character);
            out.flush();
        }
    }

    @Override
    public void flush() {}

    @Override
    public void onInput(Runnable listener) {}

    @Override
    public void close() {}
}
