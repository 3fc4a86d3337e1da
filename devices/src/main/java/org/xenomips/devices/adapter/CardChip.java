package org.xenomips.devices.adapter;

/**
 * A chip's place on a card.
 *
 * @param model which chip
 * @param pciDevice device number on the slot's PCI bus, or {@link #IO_ETHERNET}
 * @param interruptPort network interrupt of the slot, 0..7
 */
record CardChip(ChipModel model, int pciDevice, int interruptPort) {
    /** The device number depends on the NPE. */
    static final int IO_ETHERNET = -1;

    /** The usual wiring: interrupt port = device number. */
    static CardChip at(int pciDevice, ChipModel model) {
        return new CardChip(model, pciDevice, pciDevice);
    }
}
