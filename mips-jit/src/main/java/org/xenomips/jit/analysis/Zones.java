package org.xenomips.jit.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xenomips.jit.region.Block;
import org.xenomips.jit.region.Place;
import org.xenomips.jit.region.Region;

/**
 * The parts of a region between its calls. At a call all registers are in the processor's array, so a zone needs in locals only what
 * it uses itself, and its exits write back only what it writes itself.
 *
 * <p>Two blocks are in the same zone when one can be reached from the other without a call.
 */
public final class Zones {
    private final List<Block> blocks;
    private final Map<Place, Integer> indexOf = new HashMap<>();
    private final int[] parent;
    private final long[] used;
    private final long[] written;
    /** What may differ from the array where a block begins. */
    private final long[] dirtyIn;

    public Zones(Region region) {
        blocks = region.blocks();
        int count = blocks.size();
        parent = new int[count];
        used = new long[count];
        written = new long[count];
        dirtyIn = new long[count];
        for (int i = 0; i < count; i++) {
            parent[i] = i;
            indexOf.put(blocks.get(i).place(), i);
        }
        for (int i = 0; i < count; i++) {
            int from = i;
            Successors.withoutCalls(blocks.get(i), place -> join(from, place));
        }
        for (int i = 0; i < count; i++) {
            Block block = blocks.get(i);
            written[zone(i)] |= RegisterUse.writes(block);
            used[zone(i)] |= RegisterUse.reads(block) | RegisterUse.writes(block);
        }
        findDirty();
    }

    private void join(int from, Place place) {
        Integer to = indexOf.get(place);
        if (to != null) {
            parent[zone(from)] = zone(to);
        }
    }

    private void findDirty() {
        boolean[] changed = { true };
        while (changed[0]) {
            changed[0] = false;
            for (int i = 0; i < blocks.size(); i++) {
                long out = dirtyIn[i] | RegisterUse.writes(blocks.get(i));
                Successors.withoutCalls(blocks.get(i), place -> {
                    Integer to = indexOf.get(place);
                    if (to != null && (out & ~dirtyIn[to]) != 0) {
                        dirtyIn[to] |= out;
                        changed[0] = true;
                    }
                });
            }
        }
    }

    /** Index of the block at {@code place}, or -1 if there is none. */
    public int block(Place place) {
        return indexOf.getOrDefault(place, -1);
    }

    /** The zone of block {@code index}: a number that all its blocks share. */
    public int zone(int index) {
        int at = index;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /** The registers that {@code zone} has in locals. */
    public long used(int zone) {
        return used[zone];
    }

    /** The registers that {@code zone} writes. */
    public long written(int zone) {
        return written[zone];
    }

    /** The registers whose locals may differ from the array where block {@code index} begins. */
    public long dirtyAtStart(int index) {
        return dirtyIn[index];
    }
}
