package org.xenomips.devices.nic;

import java.util.function.BooleanSupplier;
import org.xenomips.device.InterruptLine;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.time.GuestClock;
import org.xenomips.time.TimerQueue;

/**
 * What a board gives a network controller.
 *
 * @param name name in messages, such as {@code slot 1 port 0}
 * @param memory the map into which base address registers place the chip's window, and through which it does DMA
 * @param interrupt the chip's interrupt output
 * @param timers deadlines in guest time
 * @param clock guest time
 * @param byteSwap true while the system controller exchanges bytes between PCI and memory; see "Byte order and DMA" in the
 *     register documentation of the controller
 * @param mac station address for the chip's serial ROM, 6 bytes
 */
public record NicEnvironment(String name, PhysicalMap memory, InterruptLine interrupt, TimerQueue timers,
        GuestClock clock, BooleanSupplier byteSwap, byte[] mac) {
}
