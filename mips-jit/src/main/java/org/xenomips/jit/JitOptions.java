package org.xenomips.jit;

/**
 * How the translator works; the defaults are measured.
 *
 * @param threshold how often an entry is reached before it is translated
 * @param regionLimit most instructions of a region
 * @param capacityBytes size of all class files together above which the oldest units go
 * @param mostLinks entries that are remembered, after which everything is forgotten; each takes about 200 bytes
 * @param wakingInstructions instructions that the interpreter executes alone when the guest has slept for long; 0 for none
 * @param synchronous translates at once, on the machine thread: runs are repeatable then
 */
public record JitOptions(int threshold, int regionLimit, long capacityBytes, int mostLinks, int wakingInstructions,
        boolean synchronous) {
    /** What users get; system properties {@code xenomips.jit.*} named like the components change it. */
    public static JitOptions standard() {
        return new JitOptions(Integer.getInteger("xenomips.jit.threshold", 4_000),
                Integer.getInteger("xenomips.jit.regionLimit", 150),
                Long.getLong("xenomips.jit.capacityBytes", 8L << 20),
                Integer.getInteger("xenomips.jit.mostLinks", 1 << 16),
                Integer.getInteger("xenomips.jit.wakingInstructions", 30_000),
                Boolean.getBoolean("xenomips.jit.synchronous"));
    }
}
