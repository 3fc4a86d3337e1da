package org.xenomips.memory;

/**
 * Memory as a bus master sees it. On this platform a bus address is a physical address of the processor's map; nothing
 * translates or filters it. Reads of unmapped addresses give 0, writes there vanish.
 *
 * <p>Thread: machine thread. Lengths are bytes; a transfer may cross regions.
 */
public interface DmaBus {
    /** Copies {@code length} bytes at {@code busAddress} to {@code into[at..]}. */
    void read(long busAddress, byte[] into, int at, int length);

    /** Copies {@code length} bytes of {@code from[at..]} to {@code busAddress}. */
    void write(long busAddress, byte[] from, int at, int length);

    /** The big-endian word at {@code busAddress}. */
    int readWord(long busAddress);

    /** Stores a big-endian word at {@code busAddress}. */
    void writeWord(long busAddress, int value);
}
