package org.xenomips.devices.console;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A terminal in raw mode, with its way back: settings are restored by {@link #leave}, and at the end of the process if that has not
 * been called. Something that is not a terminal is left alone.
 */
final class RawMode {
    private final int fd;
    private final @Nullable Termios before;
    private @Nullable Thread hook;

    private RawMode(int fd, @Nullable Termios before) {
        this.fd = fd;
        this.before = before;
    }

    /** Puts the terminal at {@code fd} into raw mode if it is one. */
    static RawMode enter(int fd) {
        Termios attributes;
        try {
            attributes = HostTty.attributes(fd);
            HostTty.setAttributes(fd, attributes.rawInput());
        } catch (IOException e) {
            return new RawMode(fd, null); // a pipe, a file, /dev/null
        }
        RawMode mode = new RawMode(fd, attributes);
        Thread hook = new Thread(() -> restore(fd, attributes), "terminal-restore");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
            restore(fd, attributes);
            return new RawMode(fd, null);
        }
        mode.hook = hook;
        return mode;
    }

    /** Restores the settings; idempotent. */
    synchronized void leave() {
        Thread registered = hook;
        Termios settings = before;
        if (registered == null || settings == null) {
            return;
        }
        hook = null;
        restore(fd, settings);
        try {
            Runtime.getRuntime().removeShutdownHook(registered);
        } catch (IllegalStateException e) {
            // The process is ending and the hook runs as well: restoring twice is harmless.
        }
    }

    /** Sets {@code attributes} if the terminal still exists. */
    static void restore(int fd, Termios attributes) {
        try {
            HostTty.setAttributes(fd, attributes);
        } catch (IOException e) {
            System.getLogger(RawMode.class.getName())
                    .log(System.Logger.Level.DEBUG, "the terminal is gone", e);
        }
    }
}
