package org.xenomips.machine;

import org.xenomips.device.Resettable;
import org.xenomips.device.Snapshotable;
import org.xenomips.net.FramePort;

/**
 * A board with everything on it, built into a {@link Machine}.
 *
 * <p>Thread: machine thread, or the creating thread before the machine runs.
 */
public interface Platform extends Resettable, Snapshotable, AutoCloseable {
    /** One line per fact for the start-up summary. */
    String describe();

    /** The entry point reported to the boot ROM (32 bits, 0 = no image is loaded). */
    void setImageEntry(int entry);

    /**
     * Plugs a host port into a port of a card.
     *
     * @throws ConfigurationException if there is no such port or it is taken; {@code port} is then still the caller's
     */
    void connect(int slot, int port, FramePort hostPort) throws ConfigurationException;

    /** Link state and counters of each connected port, one line per fact; for the monitor and the end of a run. */
    String describeConnections();

    /**
     * The startup configuration the guest has stored, as it stands now.
     *
     * @throws ConfigurationException if there is none; the message says why
     */
    default byte[] startupConfiguration() throws ConfigurationException {
        throw new ConfigurationException("this board stores no configuration");
    }

    /**
     * Brings persistent contents to their files. Called after each stop; everything written by the guest is safe when it returns.
     */
    void flush();

    /** Closes consoles, links and files; the machine thread has ended. */
    @Override
    void close();
}
