package org.xenomips.devices.adapter;

import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.xenomips.device.InterruptLine;
import org.xenomips.machine.Machine;
import org.xenomips.pci.PciBus;

/**
 * What a board gives a card.
 *
 * @param machine the machine whose memory, time and event loop the chips use
 * @param slot slot number, 0..7
 * @param bus the slot's PCI bus
 * @param ioEthernetDevice device number of an I/O card's only Ethernet chip on {@code bus}
 * @param interrupt the slot's network interrupt inputs by interrupt port (0..7)
 * @param byteSwap true while the system controller exchanges bytes between PCI and memory
 * @param chassisMac base MAC address of the chassis, 6 bytes
 */
public record CardEnvironment(Machine machine, int slot, PciBus bus, int ioEthernetDevice,
        IntFunction<InterruptLine> interrupt, BooleanSupplier byteSwap, byte[] chassisMac) {
}
