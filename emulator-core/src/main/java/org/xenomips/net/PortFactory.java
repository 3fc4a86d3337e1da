package org.xenomips.net;

import java.io.IOException;
import java.util.List;

/** Opens host ports of one type; found with {@link java.util.ServiceLoader}. */
public interface PortFactory {
    /** The word used on the command line, such as {@code udp}. */
    String type();

    /** Parameters for help texts, such as {@code LOCALPORT:HOST:REMOTEPORT}; empty if there are none. */
    String parameters();

    /** One line for help texts. */
    String description();

    /**
     * Opens a port; it receives only after {@link FramePort#start}.
     *
     * @throws IllegalArgumentException if the parameters are wrong; the message says which and what is expected
     * @throws IOException if the host refuses; the message says what to do about it
     */
    FramePort open(List<String> parameters) throws IOException;
}
