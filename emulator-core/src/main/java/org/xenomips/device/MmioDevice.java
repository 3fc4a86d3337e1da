package org.xenomips.device;

/**
 * A device with a register window. It sees offsets within its window, never addresses.
 *
 * <p>Thread: machine thread. Guest mistakes are data: an access never throws.
 */
public interface MmioDevice {
    /**
     * Reads. The result's low {@code sizeBytes} bytes are delivered, so a narrow read of a register's own offset gives its
     * low-order bits.
     *
     * @param offset byte offset within the window
     * @param sizeBytes 1, 2, 4 or 8
     */
    long read(int offset, int sizeBytes);

    /** Writes {@code value}, zero-extended from {@code sizeBytes} (1, 2, 4 or 8). */
    void write(int offset, int sizeBytes, long value);

    /**
     * True when reading {@code offset} now would change nothing and return the same value until an event arrives: a loop
     * that only polls such registers is idle.
     */
    default boolean isIdempotentRead(int offset) {
        return false;
    }
}
