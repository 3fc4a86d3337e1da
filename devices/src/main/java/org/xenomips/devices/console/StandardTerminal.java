package org.xenomips.devices.console;

import org.xenomips.machine.HostTerminal;

/** The terminal at standard input; registered for {@link java.util.ServiceLoader}. */
public final class StandardTerminal implements HostTerminal {
    private static final int STANDARD_INPUT = 0;

    @Override
    public Runnable takeKeys() {
        return RawMode.enter(STANDARD_INPUT)::leave;
    }
}
