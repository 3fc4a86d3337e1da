package org.xenomips.devices.linux;

import java.io.IOException;

/** A system call failed; carries the error number so that callers can explain it. */
public final class NativeException extends IOException {
    private final int errno;

    /** {@code what} names the call or the object. */
    public NativeException(String what, int errno) {
        super(what + ": " + Errno.describe(errno));
        this.errno = errno;
    }

    /** A constant of {@link Errno}, or another positive error number. */
    public int errno() {
        return errno;
    }
}
