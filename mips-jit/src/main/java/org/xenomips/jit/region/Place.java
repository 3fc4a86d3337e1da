package org.xenomips.jit.region;

/**
 * A place in a region: an address in the function of the entry (frame 0), or in one of the copies of functions that are called from
 * there and belong to the region.
 */
public record Place(long pc, int frame) {
    /** Another address in the same copy. */
    public Place at(long address) {
        return new Place(address, frame);
    }
}
