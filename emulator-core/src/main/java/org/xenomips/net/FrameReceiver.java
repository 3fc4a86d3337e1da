package org.xenomips.net;

/** The controller side of a link. Thread: machine thread. */
public interface FrameReceiver {
    /** Takes one frame (without FCS); what the controller cannot use it drops and counts as the chip does. */
    void receive(byte[] frame, int length);

    /** The link has gone up or down. */
    void linkChanged(boolean up);
}
