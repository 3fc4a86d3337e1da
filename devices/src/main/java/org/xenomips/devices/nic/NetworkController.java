package org.xenomips.devices.nic;

import org.jspecify.annotations.Nullable;
import org.xenomips.net.FrameReceiver;
import org.xenomips.net.NetworkLink;
import org.xenomips.pci.PciFunction;

/**
 * A network controller chip with one port: a PCI function that takes frames. It maps and unmaps its own register windows.
 *
 * <p>Thread: machine thread.
 */
public interface NetworkController extends PciFunction, FrameReceiver {
    /** Where transmitted frames go; null = nothing is plugged in (frames are dropped, the link is down). */
    void connect(@Nullable NetworkLink link);

    /** What became of this controller's frames. */
    PacketPath packetPath();

    /** Unmaps the chip's windows, cancels its timers and drops its interrupt (hot removal). */
    void remove();
}
