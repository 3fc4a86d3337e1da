package org.xenomips.jit.region;

import org.xenomips.memory.GuestRam;

/**
 * The words of one page that a region was made of.
 *
 * @param virtualPage address of the page, a multiple of 4096
 * @param ram the memory that holds it
 * @param offset where the page is in that memory
 * @param words bit n of element m stands for word 64 m + n
 */
public record CodePageUse(long virtualPage, GuestRam ram, long offset, long[] words) {
    /** True when one of the words from {@code first} to {@code last} (0..1023) belongs to the region. */
    public boolean uses(int first, int last) {
        for (int word = first; word <= last; word++) {
            if ((words[word >> 6] & 1L << word) != 0) {
                return true;
            }
        }
        return false;
    }
}
